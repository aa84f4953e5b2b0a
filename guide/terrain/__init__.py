"""Elevation and what follows from it: one file per kind of model, sampling, structures, measures."""
