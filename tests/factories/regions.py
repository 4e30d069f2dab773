"""A small province, one row a region."""

from tumbuh.regions.api import Kind, Region, get_level, get_number, get_parent_code

TREE = {
    "91": "Anu",
    "91.01": "Kabupaten Hulu",
    "91.01.01": "Hulu Satu",
    "91.01.01.2001": "Sumber Jaya",
    "91.01.01.2002": "Talang Baru",
    "91.01.02": "Hulu Dua",
    "91.01.02.1001": "Pasar Hulu",
    "91.02": "Kabupaten Hilir",
    "91.02.01": "Hilir Satu",
    "91.02.01.2001": "Sumber Jaya",
    "91.71": "Kota Anu",
    "91.71.01": "Kota Lama",
    "91.71.01.1001": "Pasar Baru",
}


def guess_kind(code: str) -> Kind:
    parts = code.split(".")
    if len(parts) == 1:
        return Kind.PROVINSI
    if len(parts) == 2:
        return Kind.KOTA if parts[1] >= "71" else Kind.KABUPATEN
    if len(parts) == 3:
        return Kind.KECAMATAN
    return Kind.KELURAHAN if parts[3].startswith("1") else Kind.DESA


def make_region(code: str, name: str) -> Region:
    """One region; its parent must be there."""
    parent = get_parent_code(code)
    return Region.objects.create(
        id=get_number(code),
        code=code,
        name=name,
        level=get_level(code),
        kind=guess_kind(code),
        parent_id=get_number(parent) if parent else None,
    )


def make_province(tree: dict[str, str] = TREE) -> dict[str, Region]:
    """The regions of a tree by code, parents first."""
    return {code: make_region(code, name) for code, name in sorted(tree.items())}
