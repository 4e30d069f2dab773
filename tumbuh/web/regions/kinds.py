"""Kinds of regions counted in words."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy

from tumbuh.regions.api import Kind

COUNTED = {
    Kind.PROVINSI: gettext_lazy("provinsi"),
    Kind.KABUPATEN: gettext_lazy("kabupaten"),
    Kind.KOTA: gettext_lazy("kota"),
    Kind.KECAMATAN: gettext_lazy("kecamatan"),
    Kind.DESA: gettext_lazy("desa"),
    Kind.DESA_ADAT: gettext_lazy("desa adat"),
    Kind.KELURAHAN: gettext_lazy("kelurahan"),
    Kind.UPT: gettext_lazy("unit permukiman transmigrasi"),
}


def describe_counts(counts: Mapping[str, int]) -> list[str]:
    """“1.341 desa”, one text for each kind that occurs, larger regions first."""
    return [
        f"{number_format(counts[kind], decimal_pos=0)} {word}" for kind, word in COUNTED.items() if counts.get(kind)
    ]
