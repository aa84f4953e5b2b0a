"""What is noticed of all entries, as a list to work off."""
