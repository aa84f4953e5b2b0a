"""The sample town: streets, heights and slopes that the project makes itself from formulas."""
