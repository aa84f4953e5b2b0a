"""Tiles, their descriptions and whole archives."""
