"""The relief of an area as terrain-RGB tiles: for hill shading, contours and the view in three dimensions."""
