"""Forms of teams and action plans."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import Institution
from tumbuh.documents.api import Document, DocumentFact
from tumbuh.programme.api import (
    ActionDetails,
    ActionPlan,
    MemberDetails,
    PlanAction,
    PlanKind,
    SituationAnalysis,
    Team,
    TeamDetails,
    TeamMember,
    TeamPart,
    WorkState,
)

FIRST, LAST = 2020, 2100
QUARTERS = [("", _("Tanpa triwulan")), *((str(number), f"{number}") for number in range(1, 5))]


def make_date(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def name_documents(documents: Sequence[DocumentFact], first: Any) -> list[tuple[str, Any]]:
    """(key, number and title) of each, an empty choice before them."""
    return [("", first), *((str(one.id), f"{one.number} {one.title}".strip()) for one in documents)]


def name_institutions(institutions: Sequence[Institution]) -> list[tuple[str, Any]]:
    return [("", _("Tidak ada di daftar")), *((str(one.pk), one.name) for one in institutions)]


def get_document(key: str) -> Document | None:
    """The document chosen from the list."""
    return Document.objects.get(pk=int(key)) if key else None


def get_institution(key: str) -> Institution | None:
    return Institution.objects.get(pk=int(key)) if key else None


class TeamForm(forms.Form):
    """A team and its decree."""

    nama = forms.CharField(label=_("Nama tim"), max_length=200)
    mulai = make_date(_("Berlaku sejak"))
    keputusan = forms.ChoiceField(
        label=_("Dokumen keputusan"), required=False, help_text=_("Unggah dahulu di Dokumen bila belum ada di daftar.")
    )
    nomor = forms.CharField(label=_("Nomor keputusan"), max_length=100, required=False)
    tanggal = make_date(_("Tanggal keputusan"), required=False)

    def __init__(self, *args: Any, decrees: Sequence[DocumentFact], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keputusan"].choices = name_documents(decrees, _("Belum diunggah"))

    def read(self) -> TeamDetails:
        found = self.cleaned_data
        decree = get_document(found["keputusan"])
        number = found["nomor"] or (decree.number if decree else "")
        day = found["tanggal"] or (decree.issued_on if decree else None)
        return TeamDetails(found["nama"], found["mulai"], decree, number, day)


def describe_team(team: Team) -> dict[str, Any]:
    return {
        "nama": team.name, "mulai": team.valid_from, "keputusan": str(team.decree_id or ""),
        "nomor": team.decree_number, "tanggal": team.decree_on,
    }  # fmt: skip


class MemberForm(forms.Form):
    """Somebody's place in a team."""

    kedudukan = forms.ChoiceField(label=_("Kedudukan dalam tim"), choices=TeamPart.choices)
    jabatan = forms.CharField(
        label=_("Jabatan"), max_length=200, help_text=_("Jabatan dinas, misalnya Kepala Dinas Kesehatan.")
    )
    instansi = forms.ChoiceField(label=_("Instansi"), required=False)
    nama = forms.CharField(
        label=_("Nama pejabat"), max_length=120, required=False,
        help_text=_("Seperti dalam keputusan. Boleh dikosongkan bila keputusan hanya menyebut jabatan."),
    )  # fmt: skip
    mulai = make_date(_("Sejak"))
    selesai = make_date(_("Sampai"), required=False, help_text=_("Hari terakhir; kosongkan bila masih menjabat."))

    def __init__(self, *args: Any, institutions: Sequence[Institution], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["instansi"].choices = name_institutions(institutions)

    def read(self) -> MemberDetails:
        found = self.cleaned_data
        return MemberDetails(
            TeamPart(found["kedudukan"]), found["jabatan"], found["mulai"], found["nama"],
            get_institution(found["instansi"]), found["selesai"],
        )  # fmt: skip


def describe_member(member: TeamMember) -> dict[str, Any]:
    return {
        "kedudukan": member.part, "jabatan": member.office, "instansi": str(member.institution_id or ""),
        "nama": member.name, "mulai": member.valid_from, "selesai": member.valid_until,
    }  # fmt: skip


class EndForm(forms.Form):
    """The last day of a team."""

    selesai = make_date(_("Hari terakhir"))


class PlanForm(forms.Form):
    """The years of a plan and what it rests on."""

    mulai = forms.IntegerField(label=_("Tahun pertama"), min_value=FIRST, max_value=LAST)
    selesai = forms.IntegerField(label=_("Tahun terakhir"), min_value=FIRST, max_value=LAST)
    situasi = forms.CharField(
        label=_("Analisis situasi"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Keadaan stunting, cakupan layanan, dan hambatannya, yang menjadi dasar rencana ini."),
    )  # fmt: skip


def describe_plan(plan: ActionPlan) -> dict[str, Any]:
    return {"mulai": plan.first_year, "selesai": plan.last_year, "situasi": plan.situation}


class PlanActionForm(forms.Form):
    """One action of a plan."""

    jenis = forms.ChoiceField(label=_("Jenis aksi"), choices=PlanKind.choices)
    isi = forms.CharField(label=_("Aksi"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    tahun = forms.IntegerField(label=_("Tahun"), min_value=FIRST, max_value=LAST)
    triwulan = forms.ChoiceField(label=_("Triwulan"), choices=QUARTERS, required=False)
    instansi = forms.ChoiceField(label=_("Penanggung jawab"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=WorkState.choices)
    keluaran = forms.CharField(
        label=_("Kode keluaran yang dilayani"), max_length=300, required=False,
        help_text=_("Pisahkan dengan spasi, misalnya P1.S1.I3.K1 P3.S1.I7.K1."),
    )  # fmt: skip

    def __init__(self, *args: Any, institutions: Sequence[Institution], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["instansi"].choices = name_institutions(institutions)

    def read(self) -> ActionDetails:
        found = self.cleaned_data
        return ActionDetails(
            PlanKind(found["jenis"]), found["isi"], found["tahun"], int(found["triwulan"] or 0) or None,
            get_institution(found["instansi"]), WorkState(found["status"]),
            tuple(dict.fromkeys(found["keluaran"].replace(",", " ").split())),
        )  # fmt: skip


def describe_action(action: PlanAction) -> dict[str, Any]:
    return {
        "jenis": action.kind, "isi": action.text, "tahun": action.year, "triwulan": str(action.quarter or ""),
        "instansi": str(action.owner_id or ""), "status": action.state, "keluaran": " ".join(action.serves),
    }  # fmt: skip


class AnalysisForm(forms.Form):
    """One of the region's concluded analyses."""

    analisis = forms.ChoiceField(label=_("Analisis situasi yang disimpulkan"))

    def __init__(self, *args: Any, analyses: Sequence[SituationAnalysis], **options: Any) -> None:
        super().__init__(*args, **options)
        self.analyses = {str(one.pk): one for one in analyses if one.reopened_at is None}
        self.fields["analisis"].choices = [
            ("", _("Pilih")),
            *((key, str(one.year)) for key, one in self.analyses.items()),
        ]

    def read(self) -> SituationAnalysis:
        return self.analyses[self.cleaned_data["analisis"]]


class DocumentForm(forms.Form):
    """One of the region's documents."""

    dokumen = forms.ChoiceField(label=_("Dokumen"))

    def __init__(self, *args: Any, documents: Sequence[DocumentFact], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dokumen"].choices = name_documents(documents, _("Pilih dokumen"))
