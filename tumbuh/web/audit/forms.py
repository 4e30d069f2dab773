"""What a reader of the trail looks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tumbuh.audit.api import ACTIONS, Wanted


class TrailForm(forms.Form):
    """All fields may stay empty."""

    hari = forms.DateField(
        label=_("Hari"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    pelaku = forms.CharField(label=_("Nama akun"), required=False, max_length=150)
    tindakan = forms.ChoiceField(
        label=_("Tindakan"), required=False, choices=lambda: [("", _("Semua")), *sorted(ACTIONS.items())]
    )
    objek = forms.CharField(label=_("Nomor objek"), required=False, max_length=80)

    def read_wanted(self) -> Wanted:
        """What is asked for; what was not understood does not matter."""
        self.is_valid()
        found = self.cleaned_data
        return Wanted(
            found.get("hari"), found.get("pelaku", ""), found.get("tindakan", ""), found.get("objek", "").strip()
        )
