"""What other sites put into a frame: a card of a slope, the map of a tour; and how they find it (oEmbed)."""
