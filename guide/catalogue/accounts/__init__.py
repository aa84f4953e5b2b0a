"""Accounts of the desk's people: passwords, sessions, links of one use. Nothing secret is stored as it is."""
