"""Loops over HTTP."""
