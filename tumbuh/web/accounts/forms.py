"""Starting."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import User
from tumbuh.programme.api import find_regulation
from tumbuh.regions.api import iterate_rows, list_provinces


def list_province_choices() -> list[tuple[str, str]]:
    """(code, “code name”) of every province in the list of codes."""
    rows = (next(iterate_rows([code])) for code in list_provinces())
    return [(row.code, f"{row.code} {row.name}") for row in rows]


def guess_province() -> str | None:
    """The province of the loaded regulation, chosen beforehand."""
    regulation = find_regulation()
    return regulation.province_code if regulation else None


class FirstRunForm(forms.Form):
    """The first administrator, and the province to load."""

    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(
        label=_("Nama akun"),
        max_length=150,
        validators=[User.username_validator],
        help_text=_("Dipakai untuk masuk. Huruf, angka, dan @ . + - _"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        help_text=_("Sedikitnya 12 tanda, bukan kata yang lazim."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Kata sandi sekali lagi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    province = forms.ChoiceField(label=_("Provinsi"), choices=list_province_choices, initial=guess_province)

    def clean(self) -> None:
        """Two equal passwords that the rules allow."""
        found = super().clean()
        password = found.get("password")
        if password and found.get("again") and password != found["again"]:
            self.add_error("again", gettext("Kedua kata sandi tidak sama. Tulis sekali lagi."))
        if password:
            try:
                validate_password(
                    password, User(username=found.get("username", ""), first_name=found.get("full_name", ""))
                )
            except ValidationError as error:
                self.add_error("password", error)
