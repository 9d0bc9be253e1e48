"""Secrets that let a program in as a person. Each is shown once, and only a digest of it is stored."""

from __future__ import annotations

import hashlib
import secrets


def make_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """A plain hash, without salt or rounds: what has 256 random bits is not guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
