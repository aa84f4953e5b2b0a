"""Polite downloads: what a small project may ask of public servers, and what it does when they are busy."""
