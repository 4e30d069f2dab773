"""How allauth behaves here: closed sign-up, plain texts, second factors encrypted at rest."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import User
from tumbuh.lib.sealing import make_cipher
from tumbuh.notifications.api import write_letter
from tumbuh.web.accounts.security.lockout import read_address

NO_MATCH = _(
    "Nama akun dan kata sandi tidak cocok. Periksa huruf besar-kecilnya lalu coba lagi, "
    "atau minta admin mengganti kata sandi Anda."
)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; failures are counted by the lock-out, not by allauth's cache."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NO_MATCH,
        "email_password_mismatch": NO_MATCH,
        "incorrect_password": _("Kata sandi tidak cocok. Periksa huruf besar-kecilnya lalu coba lagi."),
        "enter_current_password": _("Kata sandi sekarang tidak cocok. Tulis sekali lagi."),
        "too_many_login_attempts": _("Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: the lock-out is the first of the authentication backends."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No letter leaves from a request: the worker sends it, to the address that the account has then."""
        letter = self.render_mail(template_prefix, email, context)
        subject = letter.subject.removeprefix(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX)
        write_letter(user=context["user"], subject=subject, body=letter.body)

    def get_client_ip(self, request: HttpRequest) -> str:
        return read_address(request)


def get_cipher() -> Fernet:
    """The cipher of the secrets of authenticator apps, from the key that lives outside the database."""
    return make_cipher(settings.NIK_KEY, b"tumbuh.factors")


class FactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted; the label in the app is the account name, never an e-mail address."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode tidak cocok. Tunggu kode berikutnya di aplikasi, lalu tulis tanpa spasi."),
        "cannot_delete_authenticator": _("Peran Anda wajib memakai langkah kedua. Pasang yang lain dulu."),
        "cannot_generate_recovery_codes": _("Pasang dulu aplikasi kode atau kunci sandi."),
    }

    def encrypt(self, text: str) -> str:
        return get_cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return get_cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: User) -> str:
        return user.username

    def _get_user_identifier(self, user: User) -> str:
        return user.username

    def _get_site_name(self) -> str:
        return "Tumbuh"
