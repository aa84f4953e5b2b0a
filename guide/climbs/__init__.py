"""Climbs: streets followed through their junctions, and the parts of them that lead up."""
