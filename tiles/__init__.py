"""hyakusaka's builder: from open data to a built area."""
