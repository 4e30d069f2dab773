"""Narrowing the lists, adding a member, choosing a report's semester."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import Institution, InstitutionKind
from tumbuh.partners.api import (
    PARTNER_KINDS,
    Kind,
    NetworkCode,
    Reach,
    Semester,
    Sought,
    Wish,
    get_semester,
    list_memberships,
)
from tumbuh.regions.api import Region, find_region
from tumbuh.web.partners import choices
from tumbuh.web.partners.forms import DateInput
from tumbuh.web.partners.shelves import SHELVES

ALL = ("", _("Semua"))


def name_kind(code: str) -> str:
    """An institution's kind in the reader's language."""
    return gettext(str(InstitutionKind(code).label))


class PartnerSearch(forms.Form):
    """All fields may stay empty."""

    cari = forms.CharField(label=_("Nama"), required=False, max_length=100)
    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    jejaring = forms.ChoiceField(label=_("Jejaring"), required=False)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["jenis"].choices = [ALL, *((kind.value, name_kind(kind)) for kind in PARTNER_KINDS)]
        self.fields["jejaring"].choices = [ALL, *NetworkCode.choices]
        self.fields["wilayah"].choices = [ALL, *choices.list_filter_places()]

    def read_sought(self) -> Sought:
        """What is asked for; what was not understood does not matter."""
        self.is_valid()
        found = self.cleaned_data
        region = find_region(found["wilayah"]) if found.get("wilayah") else None
        return Sought(found.get("cari", ""), found.get("jenis", ""), found.get("jejaring", ""), region)


class EntrySearch(forms.Form):
    """All fields may stay empty."""

    cari = forms.CharField(label=_("Judul, nomor, atau mitra"), required=False, max_length=100)
    tahun = forms.IntegerField(label=_("Tahun"), required=False, min_value=2000, max_value=2100)
    bentuk = forms.ChoiceField(label=_("Jenis"), required=False)

    def __init__(self, data: Any, *, kind: Kind) -> None:
        super().__init__(data)
        variants = SHELVES[kind].variants
        self.fields["bentuk"].choices = [ALL, *(variants.choices if variants else [])]

    def read_wish(self) -> Wish:
        """What is asked for; what was not understood does not matter."""
        self.is_valid()
        found = self.cleaned_data
        return Wish(text=found.get("cari", ""), year=found.get("tahun"), form=found.get("bentuk", ""))


class MemberForm(forms.Form):
    """An institution that joins a network of a region."""

    region = forms.ModelChoiceField(label=_("Jejaring wilayah"), queryset=Region.objects.none())
    code = forms.ChoiceField(label=_("Jejaring"), choices=NetworkCode.choices)
    institution = forms.ModelChoiceField(label=_("Lembaga"), queryset=Institution.objects.none())
    since = forms.DateField(label=_("Anggota sejak"), widget=DateInput)
    contact_role = forms.CharField(
        label=_("Jabatan narahubung"), max_length=100, required=False,
        help_text=_("Jabatannya saja, tanpa nama, nomor telepon, atau surel."),
    )  # fmt: skip

    def __init__(self, data: Any, *, tops: Sequence[Region]) -> None:
        super().__init__(data)
        places = choices.list_places(tops)
        self.fields["region"].queryset = Region.objects.filter(pk__in=[place.pk for place in places])
        self.fields["region"].choices = [(place.pk, place.full_name) for place in places]
        self.fields["institution"].queryset = choices.list_party_choices(tops)
        self.fields["since"].initial = timezone.localdate


class BeginForm(forms.Form):
    """Whose report of the semester is begun."""

    institution = forms.ModelChoiceField(label=_("Mitra"), queryset=Institution.objects.none())

    def __init__(self, data: Any, *, reach: Reach) -> None:
        super().__init__(data)
        kinds = Q(kind__in=PARTNER_KINDS) | Q(pk__in=list_memberships().order_by().values("institution_id"))
        found = Institution.objects.filter(reach.manages.q("region_id"), kinds, valid_to__isnull=True)
        self.fields["institution"].queryset = (found | Institution.objects.filter(pk__in=list(reach.own))).order_by(
            "name"
        )


def list_semesters() -> list[Semester]:
    """The running semester and the five before it, the newest first."""
    found = [get_semester(timezone.localdate())]
    while len(found) < 6:
        found.append(found[-1].before)
    return found


def read_semester(text: str) -> Semester:
    """“2026-1” as a semester; the last ended one for anything else."""
    known = {f"{one.year}-{one.half}": one for one in list_semesters()}
    return known.get(text, list_semesters()[1])
