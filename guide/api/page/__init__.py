"""The visitors' page: its built files."""
