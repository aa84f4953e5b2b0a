"""Tours: the best slopes for a time budget, in the best order and direction, and why."""
