"""Lists of regions and of their attributes in CSV files."""

from collections.abc import Mapping
from pathlib import Path

from tumbuh.lib.delimited import DelimitedError, Table, read_table
from tumbuh.regions.errors import RegionFileError
from tumbuh.regions.rules import Kind, Problem, RegionCodeError, RegionRow, get_kind

ALIASES: dict[str, tuple[str, ...]] = {
    "code": ("code", "kode", "kode wilayah", "kode_wilayah", "kode kemendagri", "kode_kemendagri"),
    "name": ("name", "nama", "nama wilayah", "nama_wilayah"),
    "kind": ("kind", "jenis", "type", "tipe"),
    "postal_code": ("postal_code", "kode pos", "kode_pos", "kodepos"),
    "bps_code": ("bps_code", "kode bps", "kode_bps", "bps"),
}
KIND_WORDS = {"distrik": Kind.KECAMATAN, "desa adat": Kind.DESA_ADAT}


def open_table(
    path: Path, needed: tuple[str, ...], columns: Mapping[str, str] | None = None
) -> tuple[Table, dict[str, str]]:
    """The table and, for each of our column names, the file's; RegionFileError if a needed one is missing."""
    try:
        table = read_table(path)
    except DelimitedError as error:
        raise RegionFileError([Problem(None, str(error))]) from error
    found = {}
    for name, aliases in ALIASES.items():
        wanted = columns[name].lower() if columns and name in columns else None
        names = (wanted,) if wanted else aliases
        match = next((alias for alias in names if alias in table.header), None)
        if match:
            found[name] = match
        elif name in needed:
            message = f"Kolom “{wanted or name}” tidak ada di {path.name}. Kolom yang ada: {', '.join(table.header)}."
            raise RegionFileError([Problem(1, message)])
    return table, found


def read_rows(path: Path, legal_basis: str = "") -> list[RegionRow]:
    """Rows of a CSV with `code,name[,kind][,postal_code]`; kinds that are not given follow from the code."""
    table, columns = open_table(path, ("code", "name"))
    rows = []
    for line, cells in table.rows:
        texts = {name: cells.get(column, "") for name, column in columns.items()}
        name = " ".join(texts["name"].split())
        kind = read_kind(texts.get("kind", ""), texts["code"])
        rows.append(RegionRow(texts["code"], name, kind, texts.get("postal_code", ""), legal_basis, line))
    return rows


def read_kind(word: str, code: str) -> str:
    """The kind that a word means, or the one in the code; an unknown word comes back in capitals to be refused."""
    if word:
        return str(KIND_WORDS.get(word.lower(), word.upper().replace(" ", "_")))
    try:
        return str(get_kind(code))
    except RegionCodeError:
        return ""


def read_bps_codes(path: Path, columns: Mapping[str, str] | None = None) -> list[tuple[int, str, str]]:
    """(line, Kemendagri code, BPS code) of a CSV; lines without a BPS code are left out."""
    table, found = open_table(path, ("code", "bps_code"), columns)
    pairs = ((line, cells.get(found["code"], ""), cells.get(found["bps_code"], "")) for line, cells in table.rows)
    return [pair for pair in pairs if pair[2]]
