"""Files both ways: what a spreadsheet would change, row by row, and what goes out."""
