"""Entries from draft to published: who may do what, and what comes of it. One file an act."""
