"""What the map says while one draws on it: a slope's line and measures, a tour's walk, a closure's streets."""
