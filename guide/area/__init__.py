"""The built area on disk: the only conversation between builder and service."""
