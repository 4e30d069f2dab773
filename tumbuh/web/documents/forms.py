"""What people write about a document."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import Institution, Scope, list_institutions
from tumbuh.documents.api import Details, Document, Reach, RelationKind, list_kinds
from tumbuh.regions.api import Region, find_region, search_regions

MOST_SUGGESTED = 5


def list_kind_choices(first: str) -> list[tuple[str, str]]:
    """(code, label) of every kind, an empty one before them."""
    return [("", first), *((kind.code, kind.name) for kind in list_kinds().values())]


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DetailsForm(forms.Form):
    """All that is written about a document; what fits what is the room's own rule."""

    kind = forms.ChoiceField(label=_("Jenis dokumen"), choices=lambda: list_kind_choices(gettext("Pilih jenis")))
    title = forms.CharField(label=_("Judul"), max_length=300)
    region = forms.CharField(
        label=_("Wilayah"), max_length=100, help_text=_("Kode wilayah atau namanya, misalnya nama desa.")
    )
    institution = forms.ModelChoiceField(
        label=_("Instansi"), queryset=Institution.objects.none(), required=False, empty_label=_("Tanpa instansi"),
        help_text=_("Bila dokumen ini milik sebuah instansi di wilayah itu."),
    )  # fmt: skip
    number = forms.CharField(
        label=_("Nomor"),
        max_length=100,
        required=False,
        help_text=_("Wajib bagi peraturan, keputusan, dan perjanjian."),
    )
    issued_on = forms.DateField(label=_("Tanggal dokumen"), required=False, widget=DateInput)
    year = forms.IntegerField(
        label=_("Tahun yang dilayani"),
        required=False,
        help_text=_("Misalnya tahun anggaran. Wajib bagi dokumen tahunan."),
    )
    valid_from = forms.DateField(label=_("Berlaku sejak"), required=False, widget=DateInput)
    valid_to = forms.DateField(label=_("Berlaku sampai"), required=False, widget=DateInput)
    note = forms.CharField(
        label=_("Catatan"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, reach: Reach, document: Document | None = None, **options: Any) -> None:
        if document is not None:
            options["initial"] = read_initial(document)
        super().__init__(*args, **options)
        self.reach = reach
        where = Scope((document.region.span,)) if document else reach.manage
        self.fields["institution"].queryset = list_institutions(where)
        if document is not None:
            self.fields["institution"].queryset = list_institutions(where).filter(region_id=document.region_id)

    def clean_region(self) -> Region:
        """The region that the words mean, among those where the user manages documents."""
        text = " ".join(self.cleaned_data["region"].split())
        region = find_region(text)
        if region is not None and self.reach.may_manage(region.pk):
            return region
        found = search_regions(text, spans=self.reach.manage.spans, limit=MOST_SUGGESTED + 1)
        same = [one for one in found if one.name.lower() == text.lower()]
        if len(same) == 1 or len(found) == 1:
            return (same or found)[0]
        if not found:
            raise forms.ValidationError(_("Wilayah ini tidak ada di lingkup Anda. Tulis kode atau nama yang lain."))
        names = "; ".join(f"{one.code} {one.full_name}" for one in found[:MOST_SUGGESTED])
        raise forms.ValidationError(
            gettext("Ada beberapa wilayah dengan nama itu. Tulis kodenya: %(names)s") % {"names": names}
        )

    def read_details(self) -> Details:
        """The details as the room takes them; the form is valid."""
        found = dict(self.cleaned_data)
        found.pop("file", None)
        region, institution = found.pop("region"), found.pop("institution")
        return Details(**found, region_id=region.pk, institution_id=institution.pk if institution else None)


def read_initial(document: Document) -> dict[str, Any]:
    """What stands there now."""
    names = ("kind", "title", "number", "issued_on", "year", "valid_from", "valid_to", "note")
    now = {name: getattr(document, name) for name in names}
    return now | {"region": document.region.code, "institution": document.institution_id}


class NewForm(DetailsForm):
    """The same with the file."""

    file = forms.FileField(
        label=_("Berkas"),
        allow_empty_file=True,
        help_text=_("PDF, DOCX, XLSX, ODT, ODS, JPEG atau PNG, paling besar 25 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.xlsx,.odt,.ods,.jpg,.jpeg,.png"}),
    )
    field_order = ["kind", "file", "title", "region", "number", "issued_on", "year"]


class RelationForm(forms.Form):
    """What this document does to which."""

    hubungan = forms.ChoiceField(label=_("Dokumen ini"), choices=RelationKind.choices)
    dokumen = forms.CharField(
        label=_("Dokumen yang dimaksud"), max_length=300, help_text=_("Nomornya persis, atau alamat halamannya.")
    )


class SearchForm(forms.Form):
    """What somebody looks for; everything may stay empty."""

    q = forms.CharField(label=_("Cari kata di judul, nomor, dan isi"), required=False, max_length=200)
    jenis = forms.ChoiceField(
        label=_("Jenis"), required=False, choices=lambda: list_kind_choices(gettext("Semua jenis"))
    )
    tahun = forms.TypedChoiceField(label=_("Tahun"), required=False, coerce=int, empty_value=None)
    wilayah = forms.CharField(label=_("Kode atau nama wilayah"), required=False, max_length=100)
    terbit = forms.ChoiceField(
        label=_("Penerbitan"), required=False,
        choices=[("", _("Semua")), ("ya", _("Sudah diterbitkan")), ("tidak", _("Belum diterbitkan"))],
    )  # fmt: skip

    def __init__(self, *args: Any, years: list[int], sees_all: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tahun"].choices = [("", gettext("Semua tahun")), *((year, year) for year in years)]
        if not sees_all:
            del self.fields["terbit"]
