"""Looking for accounts, making one, giving roles, adding an institution, the first password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import ADDED_KINDS, ROLES, STATES, Institution, Scope, Sought, User
from tumbuh.regions.api import Level, Region
from tumbuh.web.accounts.people.reach import name_role

STATE_NAMES = {
    "active": _("aktif"),
    "invited": _("diundang"),
    "expired": _("undangan lewat"),
    "closed": _("ditutup"),
}
ALL = ("", _("Semua"))


def list_places(scope: Scope) -> list[tuple[str, str]]:
    """(code, name) of the regions by which the list is narrowed: down to kecamatan, in a kecamatan its desa."""
    places = Region.objects.filter(scope.q("pk"), is_active=True).order_by("pk")
    above = list(places.filter(level__lte=Level.KECAMATAN))
    chosen = above if len(above) > 1 else list(places)
    return [(place.code, f"{place.full_name} ({place.code})") for place in chosen]


def list_roles() -> list[tuple[str, str]]:
    return [(code, name_role(code)) for code in ROLES]


class SearchForm(forms.Form):
    """All fields may stay empty."""

    cari = forms.CharField(label=_("Nama atau nama akun"), required=False, max_length=100)
    peran = forms.ChoiceField(label=_("Peran"), required=False)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    instansi = forms.ModelChoiceField(label=_("Instansi"), required=False, queryset=Institution.objects.none())
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), required=False, choices=lambda: [ALL, *((state, STATE_NAMES[state]) for state in STATES)]
    )

    def __init__(self, data: Any, *, scope: Scope) -> None:
        super().__init__(data)
        self.fields["peran"].choices = [ALL, *list_roles()]
        self.fields["wilayah"].choices = [ALL, *list_places(scope)]
        served = Institution.objects.filter(scope.q("assignments__region_id")).distinct().order_by("name")
        self.fields["instansi"].queryset = served
        self.fields["instansi"].empty_label = str(ALL[1])

    def read_sought(self) -> Sought:
        """What is asked for; what was not understood does not matter."""
        self.is_valid()
        found = self.cleaned_data
        region = Region.objects.filter(code=found["wilayah"]).first() if found.get("wilayah") else None
        return Sought(
            text=found.get("cari", ""),
            role=found.get("peran", ""),
            span=region.span if region else None,
            institution=found["instansi"].pk if found.get("instansi") else None,
            state=found.get("keadaan", ""),
        )


class WhereForm(forms.Form):
    """Which role and where: the first step of making an account or giving a role."""

    peran = forms.ChoiceField(label=_("Peran"))
    wilayah = forms.CharField(
        label=_("Wilayah"), max_length=100, help_text=_("Kode Kemendagri atau nama, misalnya 17.01.01.2001.")
    )

    def __init__(self, data: Any, *, roles: list[str]) -> None:
        super().__init__(data)
        self.fields["peran"].choices = [(code, name_role(code)) for code in roles]


class DateInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RoleForm(forms.Form):
    """For which institution and how long."""

    institution = forms.ModelChoiceField(label=_("Instansi"), queryset=Institution.objects.none(), required=False)
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=DateInput)
    valid_to = forms.DateField(
        label=_("Sampai dengan"), widget=DateInput, required=False, help_text=_("Kosongkan bila belum diketahui.")
    )

    def __init__(self, *args: Any, serving: QuerySet[Institution], is_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate
        if serving:
            self.fields["institution"].queryset = serving
            self.fields["institution"].required = is_required
        else:
            del self.fields["institution"]

    def clean(self) -> None:
        """The last day is not before the first."""
        found = super().clean()
        if found.get("valid_to") and found.get("valid_from") and found["valid_to"] < found["valid_from"]:
            self.add_error("valid_to", gettext("Hari terakhir tidak boleh sebelum hari pertama."))


class ServingForm(forms.Form):
    """For which institution a role is held."""

    institution = forms.ModelChoiceField(label=_("Instansi"), queryset=Institution.objects.none())

    def __init__(self, data: Any, *, serving: QuerySet[Institution]) -> None:
        super().__init__(data)
        self.fields["institution"].queryset = serving


class NewAccountForm(RoleForm):
    """Whose account, and the role with it."""

    full_name = forms.CharField(label=_("Nama lengkap"), max_length=150)
    username = forms.CharField(
        label=_("Nama akun"),
        max_length=150,
        validators=[User.username_validator],
        help_text=_("Dipakai untuk masuk. Huruf, angka, dan @ . + - _"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("Alamat surel (bila ada)"), required=False)
    field_order = ("full_name", "username", "email", "institution", "valid_from", "valid_to")


class InstitutionForm(forms.Form):
    """A puskesmas or partner that the list lacks."""

    name = forms.CharField(label=_("Nama instansi"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=lambda: [(kind.value, gettext(str(kind.label))) for kind in ADDED_KINDS]
    )
    region = forms.ChoiceField(label=_("Wilayah"))

    def __init__(self, data: Any, *, scope: Scope) -> None:
        super().__init__(data)
        self.fields["region"].choices = list_places(scope)


class FirstPasswordForm(forms.Form):
    """Two equal passwords that the rules allow."""

    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        max_length=4096,
        help_text=_("Sedikitnya 12 tanda, bukan kata yang lazim."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Kata sandi sekali lagi"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean(self) -> None:
        found = super().clean()
        password = found.get("password")
        if password and found.get("again") and password != found["again"]:
            self.add_error("again", gettext("Kedua kata sandi tidak sama. Tulis sekali lagi."))
        if password:
            try:
                validate_password(password, self.user)
            except ValidationError as error:
                self.add_error("password", error)
