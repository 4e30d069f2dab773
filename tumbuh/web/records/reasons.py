"""Why two entries look like one child, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tumbuh.records.api import SURE_FROM

# By comparison and level of the linkage engine; unknown levels say nothing. True: it speaks for one child.
WORDS: dict[tuple[str, str], tuple[Promise, bool]] = {
    ("name", "same"): (_("Nama sama"), True),
    ("name", "sound"): (_("Nama terdengar sama"), True),
    ("name", "letter"): (_("Nama berbeda satu huruf"), True),
    ("name", "part"): (_("Nama yang satu bagian dari nama yang lain"), True),
    ("name", "letters"): (_("Nama berbeda dua huruf"), True),
    ("name", "shared"): (_("Hanya satu kata nama yang sama"), False),
    ("name", "other"): (_("Nama berbeda"), False),
    ("birth", "same"): (_("Tanggal lahir sama"), True),
    ("birth", "swapped"): (_("Hari dan bulan lahir tertukar"), True),
    ("birth", "year"): (_("Hari dan bulan lahir sama, tahunnya berbeda"), True),
    ("birth", "days"): (_("Tanggal lahir berselisih satu atau dua hari"), True),
    ("birth", "digit"): (_("Tanggal lahir berbeda satu angka"), True),
    ("birth", "month"): (_("Lahir dalam bulan yang sama"), False),
    ("birth", "season"): (_("Lahir berselisih kurang dari sembilan bulan"), False),
    ("birth", "other"): (_("Tanggal lahir jauh berbeda"), False),
    ("sex", "same"): (_("Jenis kelamin sama"), True),
    ("sex", "other"): (_("Jenis kelamin berbeda"), False),
    ("mother", "same"): (_("Nama ibu sama"), True),
    ("mother", "sound"): (_("Nama ibu terdengar sama"), True),
    ("mother", "part"): (_("Nama ibu yang satu bagian dari yang lain"), True),
    ("mother", "letters"): (_("Nama ibu berbeda satu atau dua huruf"), True),
    ("mother", "shared"): (_("Hanya satu kata nama ibu yang sama"), False),
    ("mother", "other"): (_("Nama ibu berbeda"), False),
    ("nik", "same"): (_("NIK sama"), True),
    ("nik", "serial"): (_("NIK hanya berbeda nomor urut: bisa anak kembar"), False),
    ("nik", "digits"): (_("NIK berbeda satu atau dua angka"), True),
    ("nik", "other"): (_("NIK berbeda"), False),
    ("household", "same"): (_("Satu keluarga"), True),
    ("household", "other"): (_("Keluarga berbeda"), False),
    ("place", "posyandu"): (_("Posyandu sama"), True),
    ("place", "desa"): (_("Desa sama"), True),
    ("place", "kecamatan"): (_("Kecamatan sama"), True),
    ("place", "kabupaten"): (_("Kabupaten/kota sama"), True),
    ("place", "other"): (_("Kabupaten/kota berbeda"), False),
    ("birth_order", "same"): (_("Urutan anak sama"), True),
    ("birth_order", "other"): (_("Urutan anak berbeda"), False),
    ("grams", "same"): (_("Berat lahir sama"), True),
    ("grams", "close"): (_("Berat lahir hampir sama"), True),
    ("grams", "other"): (_("Berat lahir berbeda"), False),
}


def list_reasons(levels: Mapping[str, str]) -> tuple[list[Promise], list[Promise]]:
    """What speaks for one child, and what speaks against."""
    found = [WORDS[pair] for pair in levels.items() if pair in WORDS]
    return [text for text, speaks_for in found if speaks_for], [text for text, speaks_for in found if not speaks_for]


def name_certainty(probability: float) -> Promise:
    """How sure the search is, in two words."""
    return _("Hampir pasti satu anak") if probability >= SURE_FROM else _("Mungkin satu anak")
