"""Photos of what visitors see, and of nothing else."""
