"""What somebody reads a child's page for: asked when it is not their daily work, remembered for half an hour."""

import time
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import READ_PEOPLE
from tumbuh.records.api import PURPOSE_MINUTES, Person, Purpose, is_routine
from tumbuh.web.site.viewer import list_roles

KEPT = "purposes"


class PurposeForm(forms.Form):
    """One choice from the list, and words of one's own where it is another."""

    purpose = forms.ChoiceField(
        label=_("Keperluan"), choices=Purpose.choices, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Pilih satu keperluan dari daftar.")),
    )  # fmt: skip
    detail = forms.CharField(
        label=_("Keterangan"), max_length=200, required=False,
        help_text=_("Wajib diisi untuk keperluan lain. Jangan menulis nama atau NIK."),
    )  # fmt: skip

    def clean(self) -> dict[str, str]:
        found = super().clean()
        if found.get("purpose") == Purpose.OTHER and not found.get("detail", "").strip():
            self.add_error("detail", _("Tulis keperluan Anda dengan singkat."))
        return found


def find_purpose(request: HttpRequest, person: Person) -> str | None:
    """Empty for daily work, what was stated less than half an hour ago, or None when it must be asked."""
    return find_purpose_of(request, person, person.public_id)


def find_purpose_of(request: HttpRequest, person: Person, asked_for: UUID) -> str | None:
    """The same for a person who is read on another page, by what that page is about."""
    if is_routine(list_roles(request, READ_PEOPLE, person.desa_id)):
        return ""
    text, until = request.session.get(KEPT, {}).get(str(asked_for), ("", 0))
    return text if until > time.time() else None


def keep_purpose(request: HttpRequest, public_id: UUID, form: PurposeForm) -> None:
    """Remember a valid form's answer with the session; what has run out is forgotten."""
    now = time.time()
    kept = {key: value for key, value in request.session.get(KEPT, {}).items() if value[1] > now}
    text = ": ".join(filter(None, [form.cleaned_data["purpose"], form.cleaned_data["detail"].strip()]))
    request.session[KEPT] = {**kept, str(public_id): (text, now + PURPOSE_MINUTES * 60)}
