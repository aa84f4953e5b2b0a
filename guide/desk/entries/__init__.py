"""Slopes, landmarks, tours and closures: their lists, their forms, their history, and what visitors see of them."""
