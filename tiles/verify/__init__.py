"""Checks of tile archives against their standards: PMTiles version 3, Mapbox Vector Tile 2.1, and our own promises."""
