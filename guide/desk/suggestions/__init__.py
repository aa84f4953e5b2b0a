"""What visitors suggest, waiting for an answer."""
