"""Where one arrives, and what has been done."""
