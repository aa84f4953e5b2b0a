"""Tours over HTTP: planned, drawn up by hand, recommended by staff, and kept in a link."""
