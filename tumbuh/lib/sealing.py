"""Texts that may be read again only with a key that lies outside the database."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def make_cipher(secret: str, purpose: bytes) -> Fernet:
    """The cipher for one purpose (HKDF-SHA-256, RFC 5869); what one purpose sealed no other opens."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
