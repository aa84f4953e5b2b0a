"""What visitors would have better: a form at every slope, without an account."""
