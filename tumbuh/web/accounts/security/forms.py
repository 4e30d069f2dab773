"""The forms of signing in and of one's own password."""

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm, ReauthenticateForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tumbuh.notifications.api import ask_password_letter


class SignInForm(LoginForm):
    """Account name or e-mail address, and password."""

    def __init__(self, *args: object, request: HttpRequest | None = None, **kwargs: object) -> None:
        super().__init__(*args, request=request, **kwargs)
        plain = {"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"] = forms.CharField(
            label=_("Nama akun atau surel"), max_length=254, widget=forms.TextInput(attrs=plain)
        )
        self.fields["password"] = forms.CharField(
            label=_("Kata sandi"),
            strip=False,
            max_length=4096,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        self.order_fields(["login", "password"])


class ChangePasswordForm(AllauthChangePasswordForm):
    """The present password and twice the new one."""

    labels = {
        "oldpassword": _("Kata sandi sekarang"),
        "password1": _("Kata sandi baru"),
        "password2": _("Kata sandi baru sekali lagi"),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = _("Sedikitnya 12 tanda, bukan kata yang lazim.")


class AgainForm(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].widget.attrs.pop("placeholder", None)


class ForgottenForm(ResetPasswordForm):
    """The e-mail address of the account. Nobody is looked up before the letter is written, by a job."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Alamat surel")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        return self.cleaned_data["email"]

    def save(self, request: HttpRequest, **_kwargs: object) -> str:
        ask_password_letter(address=self.cleaned_data["email"])
        return self.cleaned_data["email"]


class NewPasswordForm(ResetPasswordKeyForm):
    """The new password, twice."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("password1", "password2"):
            self.fields[name].label = ChangePasswordForm.labels[name]
            self.fields[name].widget.attrs.pop("placeholder", None)


class AddKeyForm(AddWebAuthnForm):
    """Name of a new passkey, and whether it replaces the password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Nama kunci")
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("Masuk tanpa kata sandi")
            self.fields["passwordless"].help_text = _(
                "Centang hanya pada perangkat milik sendiri yang terkunci dengan sidik jari, wajah, atau PIN."
            )


class RenameKeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Nama kunci")
