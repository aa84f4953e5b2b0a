"""What the service answers: Litestar handlers over built areas, a room for each subject."""
