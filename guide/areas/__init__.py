"""Built areas kept open for requests, and changed for newer ones; what pages and API both stand on."""
