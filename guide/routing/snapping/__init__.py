"""From places on the map to the streets next to them."""
