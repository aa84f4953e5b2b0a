"""Walks through stops, as JSON, GeoJSON, GPX and KML."""
