"""Secrets that are shown once and kept as their hash only."""

import hashlib
import hmac
import secrets

_BYTES = 32


def new_secret() -> str:
    """A secret that nobody guesses, fit for an address or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(secret: str) -> str:
    """What is kept of a secret; it has so much chance in it that a plain hash hides it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def derived(secret: str, purpose: str) -> str:
    """Another secret that follows from one."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same; takes as long either way."""
    return hmac.compare_digest(one.encode(), other.encode())
