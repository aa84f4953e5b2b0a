"""The map's styles, by day and in the evening: for our own page, and for whoever draws maps with MapLibre."""
