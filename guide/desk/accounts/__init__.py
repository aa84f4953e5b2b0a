"""Signing in, one's own account, and everybody's for administrators."""
