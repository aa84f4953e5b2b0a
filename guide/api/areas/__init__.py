"""The areas that are served: their registry, what is made ready of each, and what is said of them."""
