"""The leaflet: a tour on paper, for the desk of the tourist office and a pocket in the rain."""
