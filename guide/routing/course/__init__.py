"""A walk over the ground: its line, its profile, its turns, and their text."""
