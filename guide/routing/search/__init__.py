"""The search: a walker's metric on the contraction hierarchy, stops, and the cheapest walk through them."""
