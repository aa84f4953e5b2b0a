"""Processes of their own for work that takes longer than a route: planning tours and loops."""
