"""The OSRM v5 protocol, for clients that speak it already."""
