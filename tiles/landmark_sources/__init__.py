"""Landmarks from files beside the map: one reader a kind of file."""
