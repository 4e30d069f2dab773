"""For which institution a line of the workbook gives its role: the one that it names, or the only one that suits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tumbuh.accounts.rules.institutions import can_serve, get_needed
from tumbuh.regions.api import fold_name, get_code, get_number, get_span

NAMED = 6  # so many of those that suit are named in a refusal


@dataclass(frozen=True)
class Serving:
    """An institution as lines are checked against it; `names` are all by which it is called, the full one first."""

    id: int
    kind: str
    region_id: int
    names: tuple[str, ...]


class UnsuitedError(Exception):
    """No institution suits the line, or it cannot be told which; the text is the reason."""


def list_suited(role: str, region_id: int, known: Mapping[int, Sequence[Serving]]) -> list[Serving]:
    """Those for which the role can be held in the region, its own before those above. `known`: by region."""
    parts = get_code(region_id).split(".")
    lineage = [get_number(".".join(parts[:length])) for length in range(len(parts), 0, -1)]
    span = get_span(get_code(region_id))
    found = [one for key in lineage for one in known.get(key, ())]
    return [one for one in found if can_serve(role, span, one.kind, get_span(get_code(one.region_id)))]


def choose_serving(text: str, key: int, suited: Sequence[Serving], *, is_required: bool) -> Serving | None:
    """The institution with this key or called so; without either the only one that suits. UnsuitedError otherwise,
    None where the role needs none."""
    if key:
        suited = [one for one in suited if one.id == key]
    wanted = fold_name(text)
    called = [one for one in suited if wanted in map(fold_name, one.names)] if text and not key else list(suited)
    if len(called) == 1:
        return called[0]
    if not text and not is_required:
        return None
    raise UnsuitedError(explain(text, suited, called))


def explain(text: str, suited: Sequence[Serving], called: Sequence[Serving]) -> str:
    """Why there is not exactly one."""
    names = "; ".join(f"“{one.names[0]}”" for one in suited[:NAMED]) + ("; …" if len(suited) > NAMED else "")
    if not suited:
        return _("Belum ada instansi bagi peran ini di wilayah tersebut. Tambahkan dulu di Akun, Instansi.")
    if not text:
        return _("Peran ini memerlukan instansi. Tulis salah satu: %(names)s.") % {"names": names}
    if called:
        return _("Nama itu milik beberapa instansi. Tulis nama lengkap salah satunya: %(names)s.") % {"names": names}
    return _("Tidak ada instansi bernama begitu bagi peran ini di wilayah tersebut. Yang ada: %(names)s.") % {
        "names": names
    }


def needs_one(role: str) -> bool:
    """Whether the role cannot be held without an institution."""
    return get_needed(role).is_required
