"""What people write of a partnership. Each form of a record gives the room's details, and starts from a record."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import Institution
from tumbuh.documents.api import Document
from tumbuh.partners.api import (
    CSR_KINDS,
    AgreementDetails,
    AgreementForm,
    ContributionDetails,
    ContributionForm,
    CsrDetails,
    CsrState,
    Details,
    Field,
    ResearchDetails,
    ResearchForm,
    list_indicators,
)
from tumbuh.regions.api import Region
from tumbuh.web.partners import choices

MOST_IDR = 10**15
HOLD = _("Boleh lebih dari satu; di komputer, tekan Ctrl sambil memilih.")


class DateInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def many(label: Any, *, required: bool = True, help_text: Any = HOLD) -> forms.ModelMultipleChoiceField:
    """Several institutions."""
    return forms.ModelMultipleChoiceField(
        label=label, queryset=Institution.objects.none(), required=required, help_text=help_text,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )  # fmt: skip


def long(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=4000, widget=forms.Textarea({"rows": 4}), **options)


class EntryForm(forms.Form):
    """`tops`: the regions of the writer's roles; `entry`: what is changed, whose region stays."""

    region = forms.ModelChoiceField(label=_("Wilayah pencatat"), queryset=Region.objects.none())
    public_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, tops: Sequence[Region], entry: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.entry = entry
        tops = [entry.region, *tops] if entry is not None else tops
        self.places = choices.list_places(tops)
        if entry is not None:
            del self.fields["region"], self.fields["public_id"]
        else:
            self.fields["region"].queryset = Region.objects.filter(pk__in=[place.pk for place in self.places])
            self.fields["region"].choices = self.name_places()
            self.fields["region"].initial = self.places[0].pk if self.places else None
        self.fill_choices(tops)

    def keep(self, name: str, found: QuerySet[Institution]) -> QuerySet[Institution]:
        """What can be chosen, and what the record names already: saving it again loses nothing."""
        held = getattr(self.entry, name, None)
        if held is None:
            return found
        numbers = [one.pk for one in held.all()] if hasattr(held, "all") else [held.pk]
        return found | Institution.objects.filter(pk__in=numbers).order_by("name")

    def name_places(self) -> list[tuple[int, str]]:
        return [(place.pk, place.full_name) for place in self.places]

    def fill_choices(self, tops: Sequence[Region]) -> None:
        """What can be chosen in this form."""

    def make_details(self) -> Details:
        """What was written, as the room takes it."""
        raise NotImplementedError


class AgreementEntryForm(EntryForm):
    form = forms.ChoiceField(label=_("Bentuk"), choices=AgreementForm.choices)
    number = forms.CharField(label=_("Nomor"), max_length=100)
    title = forms.CharField(label=_("Judul"), max_length=300)
    parties = many(_("Para pihak"))
    signed_on = forms.DateField(label=_("Ditandatangani pada"), widget=DateInput)
    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    valid_until = forms.DateField(
        label=_("Berlaku sampai"), widget=DateInput, required=False, help_text=_("Kosongkan bila tanpa batas waktu.")
    )
    purpose = long(_("Tujuan"))
    document = forms.ModelChoiceField(
        label=_("Dokumennya"), queryset=Document.objects.none(), required=False,
        help_text=_("Unggah dahulu di Dokumen dengan jenis MoU/PKS, lalu pilih di sini."),
    )  # fmt: skip

    def fill_choices(self, tops: Sequence[Region]) -> None:
        self.fields["parties"].queryset = self.keep("parties", choices.list_party_choices(tops))
        documents = choices.list_document_choices(tops, choices.AGREEMENT_DOCUMENTS)
        self.fields["document"].queryset = documents

    def make_details(self) -> AgreementDetails:
        found = {**self.cleaned_data}
        parties, document = found.pop("parties"), found.pop("document")
        found = {name: value for name, value in found.items() if name not in ("region", "public_id")}
        return AgreementDetails(
            **found, parties=tuple(one.pk for one in parties), document_id=document.pk if document else None
        )


class CsrEntryForm(EntryForm):
    partner = forms.ModelChoiceField(
        label=_("Perusahaan"), queryset=Institution.objects.none(),
        help_text=_("Belum ada di daftar? Mintalah admin wilayah menambahkannya di Instansi."),
    )  # fmt: skip
    title = forms.CharField(label=_("Nama program"), max_length=300)
    field = forms.ChoiceField(label=_("Bidang"), choices=Field.choices)
    year = forms.IntegerField(label=_("Tahun"), min_value=2020, max_value=2100)
    state = forms.ChoiceField(label=_("Keadaan"), choices=CsrState.choices)
    places = forms.MultipleChoiceField(
        label=_("Lokasi"), required=False, help_text=HOLD, widget=forms.SelectMultiple(attrs={"size": 8})
    )
    pledged_idr = forms.IntegerField(
        label=_("Nilai yang dijanjikan (rupiah)"), min_value=0, max_value=MOST_IDR, required=False
    )
    realised_idr = forms.IntegerField(
        label=_("Nilai yang terealisasi (rupiah)"), min_value=0, max_value=MOST_IDR, required=False
    )
    reach = forms.IntegerField(
        label=_("Orang yang dijangkau"), min_value=0, max_value=10**8, required=False,
        help_text=_("Wajib bila program sudah selesai."),
    )  # fmt: skip

    def fill_choices(self, tops: Sequence[Region]) -> None:
        self.fields["partner"].queryset = self.keep("partner", choices.list_partner_choices(tops, CSR_KINDS))
        held = list(self.entry.places.all()) if self.entry is not None else []
        self.places += [place for place in held if place not in self.places]
        self.fields["places"].choices = self.name_places()

    def make_details(self) -> CsrDetails:
        found = self.cleaned_data
        names = ("title", "field", "year", "state", "pledged_idr", "realised_idr", "reach")
        kept = {name: found[name] for name in names}
        return CsrDetails(partner_id=found["partner"].pk, places=tuple(int(one) for one in found["places"]), **kept)


class ResearchEntryForm(EntryForm):
    form = forms.ChoiceField(label=_("Jenis"), choices=ResearchForm.choices)
    title = forms.CharField(label=_("Judul"), max_length=300)
    lead = forms.ModelChoiceField(label=_("Lembaga utama"), queryset=Institution.objects.none())
    institutions = many(_("Lembaga lain yang ikut"), required=False)
    year = forms.IntegerField(label=_("Tahun mulai"), min_value=2020, max_value=2100)
    finished_on = forms.DateField(
        label=_("Selesai pada"), widget=DateInput, required=False, help_text=_("Kosongkan bila belum selesai.")
    )
    finding = long(_("Temuan"), help_text=_("Wajib bila riset sudah selesai."))
    recommendation = long(_("Rekomendasi kebijakan"), help_text=_("Wajib bila riset sudah selesai."))
    indicator = forms.ChoiceField(label=_("Indikator yang diperbaiki"), required=False)
    improved = forms.CharField(
        label=_("Keputusan atau perbaikan yang lahir darinya"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    document = forms.ModelChoiceField(
        label=_("Dokumennya"), queryset=Document.objects.none(), required=False,
        help_text=_("Unggah dahulu di Dokumen, misalnya sebagai kajian, lalu pilih di sini."),
    )  # fmt: skip

    def fill_choices(self, tops: Sequence[Region]) -> None:
        for name in ("lead", "institutions"):
            self.fields[name].queryset = self.keep(name, choices.list_party_choices(tops))
        documents = choices.list_document_choices(tops, choices.RESEARCH_DOCUMENTS)
        self.fields["document"].queryset = documents
        language = (get_language() or "id")[:2]
        named = [(code, title.get(language, title["id"])) for code, title in list_indicators().items()]
        self.fields["indicator"].choices = [("", "–"), *named]

    def make_details(self) -> ResearchDetails:
        found = {name: value for name, value in self.cleaned_data.items() if name not in ("region", "public_id")}
        lead, document, institutions = (found.pop(name) for name in ("lead", "document", "institutions"))
        others = tuple(one.pk for one in institutions if one != lead)
        return ResearchDetails(
            **found, lead_id=lead.pk, institutions=others, document_id=document.pk if document else None
        )


class ContributionEntryForm(EntryForm):
    """`own`: the institutions for which a partner writes; empty for officials, who choose any partner."""

    institution = forms.ModelChoiceField(label=_("Mitra"), queryset=Institution.objects.none())
    form = forms.ChoiceField(label=_("Bentuk"), choices=ContributionForm.choices)
    given_on = forms.DateField(label=_("Diberikan pada"), widget=DateInput)
    amount_idr = forms.IntegerField(
        label=_("Nilai (rupiah)"), min_value=0, max_value=MOST_IDR, required=False,
        help_text=_("Wajib untuk uang; untuk lainnya perkiraan nilainya."),
    )  # fmt: skip
    description = forms.CharField(
        label=_("Apa yang diberikan"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    purpose = forms.CharField(label=_("Untuk apa"), max_length=300)

    def __init__(self, *args: Any, own: tuple[int, ...] = (), **options: Any) -> None:
        self.own = own
        super().__init__(*args, **options)

    def fill_choices(self, tops: Sequence[Region]) -> None:
        found = choices.list_partner_choices(tops)
        mine = Institution.objects.filter(pk__in=self.own)
        self.fields["institution"].queryset = mine if self.own else self.keep("institution", found)

    def make_details(self) -> ContributionDetails:
        found = self.cleaned_data
        kept = {name: found[name] for name in ("form", "given_on", "amount_idr", "description", "purpose")}
        return ContributionDetails(institution_id=found["institution"].pk, **kept)
