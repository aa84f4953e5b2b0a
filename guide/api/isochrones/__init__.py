"""Isochrones over HTTP."""
