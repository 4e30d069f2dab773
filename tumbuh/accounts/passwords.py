"""How passwords are hashed, and how somebody gets to a new one."""

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: the first configuration of OWASP's Password Storage Cheat Sheet."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


def make_reset_key(user: Any) -> str:
    """The end of an address at which the user makes a new password: works once, and not for long."""
    from allauth.account.forms import default_token_generator  # models are loaded after the hashers
    from allauth.account.utils import user_pk_to_url_str

    return f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
