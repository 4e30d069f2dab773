"""Forms of activities: the plan, the plan for many regions, what is looked for in the list."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import Institution
from tumbuh.activities.api import Activity, Kind, Mode, Plan, State, get_kind, read_kinds
from tumbuh.regions.api import Level, Region, find_region

DAY = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}
CLOCK = {"attrs": {"type": "time"}, "format": "%H:%M"}
EARLIEST, LATEST = date(2020, 1, 1), date(2100, 1, 1)


def list_kinds(levels: Sequence[int] = ()) -> list[tuple[str, str]]:
    """(code, label) of the kinds that can be held at one of the levels; no levels: of all."""
    kinds = read_kinds().values()
    return [(kind.code, kind.label) for kind in kinds if not levels or kind.levels & set(levels)]


class PlanForm(forms.Form):
    """One activity: what, when, where, by whom."""

    kunci = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    jenis = forms.ChoiceField(label=_("Jenis kegiatan"))
    judul = forms.CharField(label=_("Judul"), max_length=200)
    tanggal = forms.DateField(label=_("Tanggal"), widget=forms.DateInput(**DAY))
    mulai = forms.TimeField(label=_("Mulai pukul"), widget=forms.TimeInput(**CLOCK), initial="09:00")
    selesai = forms.TimeField(label=_("Selesai pukul"), widget=forms.TimeInput(**CLOCK), initial="12:00")
    tanggal_selesai = forms.DateField(
        label=_("Tanggal selesai"), required=False, widget=forms.DateInput(**DAY),
        help_text=_("Hanya bila lebih dari sehari."),
    )  # fmt: skip
    cara = forms.ChoiceField(label=_("Cara"), choices=Mode.choices)
    tempat = forms.CharField(
        label=_("Tempat"), max_length=200, required=False, help_text=_("Alamat, atau tautan bila daring.")
    )
    lembaga = forms.ChoiceField(label=_("Penyelenggara dari daftar"), required=False)
    penyelenggara = forms.CharField(
        label=_("Penyelenggara lain"), max_length=200, required=False, help_text=_("Bila tidak ada di daftar.")
    )
    agenda = forms.CharField(
        label=_("Agenda"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Satu baris satu acara. Kosongkan untuk memakai agenda baku jenis kegiatannya."),
    )  # fmt: skip

    def __init__(self, *args, levels: Sequence[int], institutions: Sequence[Institution], **options) -> None:
        super().__init__(*args, **options)
        self.fields["jenis"].choices = list_kinds(levels)
        named = [(str(one.pk), one.name) for one in institutions]
        self.fields["lembaga"].choices = [("", _("Tidak ada di daftar")), *named]

    def clean_tanggal(self) -> date:
        day = self.cleaned_data["tanggal"]
        if not EARLIEST <= day <= LATEST:
            raise ValidationError(_now("Tanggal ini di luar tahun 2020 sampai 2100. Periksa tahunnya."))
        return day

    def read_plan(self) -> Plan:
        """The plan of a valid form."""
        found = self.cleaned_data
        agenda = tuple(line.strip() for line in found["agenda"].splitlines() if line.strip())
        return Plan(
            kind=found["jenis"],
            title=found["judul"],
            starts_at=join(found["tanggal"], found["mulai"]),
            ends_at=join(found["tanggal_selesai"] or found["tanggal"], found["selesai"]),
            place=found["tempat"],
            mode=found["cara"],
            organiser=found["penyelenggara"],
            institution_id=int(found["lembaga"]) if found["lembaga"] else None,
            agenda=agenda or get_kind(found["jenis"]).agenda,
        )


def join(day: date, clock: time) -> datetime:
    """A day and a clock time here."""
    return timezone.make_aware(datetime.combine(day, clock))


def describe_plan(activity: Activity) -> dict[str, object]:
    """The activity as the form's initial values."""
    start, end = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    return {
        "jenis": activity.kind, "judul": activity.title, "tanggal": start.date(), "mulai": start.time(),
        "selesai": end.time(), "tanggal_selesai": end.date() if end.date() != start.date() else None,
        "cara": activity.mode, "tempat": activity.place, "lembaga": str(activity.institution_id or ""),
        "penyelenggara": activity.organiser, "agenda": "\n".join(activity.agenda),
    }  # fmt: skip


class PlaceForm(PlanForm):
    """A new activity, with its region: one of the list, or any other by its code."""

    wilayah = forms.ChoiceField(label=_("Wilayah"))
    kode = forms.CharField(
        label=_("Kode wilayah lain"), max_length=13, required=False,
        help_text=_("Bila wilayahnya tidak ada di daftar, tulis kodenya, misalnya 91.01.01.2001."),
    )  # fmt: skip
    field_order = ["kunci", "jenis", "judul", "wilayah", "kode"]

    def __init__(self, *args, places: Sequence[Region], **options) -> None:
        super().__init__(*args, **options)
        self.fields["wilayah"].choices = [(place.code, place.full_name) for place in places]
        if len(places) == 1:  # a desa has no other
            del self.fields["kode"]

    def clean(self) -> None:
        """The region that is meant; unknown and not one's own are told apart by nobody."""
        super().clean()
        code = self.cleaned_data.get("kode") or self.cleaned_data.get("wilayah", "")
        self.region = find_region(code)
        if self.region is None or not self.region.is_active:
            self.add_error("kode" if "kode" in self.fields else "wilayah", _now("Kode wilayah itu tidak dikenal."))


class UnitsForm(PlanForm):
    """A plan for every region of a level."""

    dalam = forms.ChoiceField(label=_("Di dalam"))
    tingkat = forms.TypedChoiceField(label=_("Untuk setiap"), choices=Level.choices, coerce=int)
    field_order = ["kunci", "jenis", "judul", "dalam", "tingkat"]

    def __init__(self, *args, places: Sequence[Region], **options) -> None:
        super().__init__(*args, **options)
        self.fields["dalam"].choices = [(place.code, place.full_name) for place in places]
        lowest = min((place.level for place in places), default=Level.PROVINSI)
        self.fields["tingkat"].choices = [(level, level.label) for level in reversed(Level) if level > lowest]


class WishForm(forms.Form):
    """What is looked for in the list; all fields may stay empty."""

    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Semua")), *State.choices])

    def __init__(self, *args, places: Sequence[Region], **options) -> None:
        super().__init__(*args, **options)
        self.fields["jenis"].choices = [("", _("Semua")), *list_kinds()]
        self.fields["wilayah"].choices = [("", _("Semua")), *((place.code, place.full_name) for place in places)]


def name_kind(code: str) -> Kind | None:
    """The kind, or None for a code that the definition no longer has."""
    return read_kinds().get(code)
