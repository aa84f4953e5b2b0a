"""Walks over the street network: costs, the router, snapping, routes through stops."""
