"""The running service: every handler in one app, and the server processes that answer for it."""
