"""Heights along slopes and along any line, as numbers, pictures and tables."""
