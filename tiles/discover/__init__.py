"""Climbs that nobody has named yet, or that deserve to be known: candidates for a town's hundred slopes."""
