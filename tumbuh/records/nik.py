"""NIK at rest: encrypted, and searched by a keyed index. Both keys come from one that lives outside the database.

The stored form is one version byte and an AES-SIV text (RFC 5297), so a key can be changed version by version.
The index is HMAC-SHA-256: a NIK has so few possible values that an unkeyed hash could simply be tried out.
"""

import hmac
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from tumbuh.records.errors import NikUnreadableError

VERSION = b"\x01"


def encrypt_nik(nik: str) -> bytes:
    """The stored form of a NIK (33 bytes for 16 digits); the same NIK always gives the same bytes."""
    return encrypt_bytes(nik.encode())


def decrypt_nik(stored: bytes) -> str:
    """The NIK of a stored form; NikUnreadableError when the key is another one or the bytes were changed."""
    return decrypt_bytes(stored).decode()


def encrypt_bytes(content: bytes) -> bytes:
    """The same for any content that is personal data as a whole."""
    return VERSION + get_cipher(settings.NIK_KEY).encrypt(content, [VERSION])


def decrypt_bytes(stored: bytes) -> bytes:
    """The reverse of encrypt_bytes; errors as decrypt_nik."""
    data = bytes(stored)
    if data[:1] != VERSION:
        raise NikUnreadableError
    try:
        return get_cipher(settings.NIK_KEY).decrypt(data[1:], [VERSION])
    except InvalidTag as error:
        raise NikUnreadableError from error


def index_nik(nik: str) -> bytes:
    """The 32 bytes by which a NIK is searched."""
    return hmac.digest(get_index_key(settings.NIK_KEY), nik.encode(), "sha256")


def mask_nik(nik: str) -> str:
    """The NIK for the screen: the region part and the last two digits stay."""
    return f"{nik[:4]}{'•' * (len(nik) - 6)}{nik[-2:]}"


@cache
def get_cipher(secret: str) -> AESSIV:
    return AESSIV(derive_key(secret, b"tumbuh nik encryption 1", 64))


@cache
def get_index_key(secret: str) -> bytes:
    return derive_key(secret, b"tumbuh nik index 1", 32)


def derive_key(secret: str, purpose: bytes, length: int) -> bytes:
    """A key for one purpose (HKDF-SHA-256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose).derive(secret.encode())
