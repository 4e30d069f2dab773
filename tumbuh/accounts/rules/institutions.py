"""Kinds of institutions, and which role is held for which of them."""

from dataclasses import dataclass

from django.db import models

from tumbuh.regions.api import Span


class InstitutionKind(models.TextChoices):
    OPD = "OPD", "Perangkat daerah"
    PUSKESMAS = "PUSKESMAS", "Puskesmas"
    TPPPS = "TPPPS", "TPPPS"
    TEAM = "TEAM", "Tim lain"
    GOVERNMENT = "GOVERNMENT", "Pemerintah daerah, kecamatan, desa/kelurahan"
    LEADER = "LEADER", "Pimpinan daerah"
    LEGISLATURE = "LEGISLATURE", "DPRD dan BPD"
    CENTRAL = "CENTRAL", "Instansi vertikal"
    COMMUNITY = "COMMUNITY", "Unsur masyarakat"
    UNIVERSITY = "UNIVERSITY", "Perguruan tinggi dan lembaga riset"
    BUSINESS = "BUSINESS", "Dunia usaha"
    MEDIA = "MEDIA", "Media"
    PARTNER = "PARTNER", "Mitra dan organisasi masyarakat"
    GENERAL = "GENERAL", "Sebutan umum"


Kind = InstitutionKind
# Kinds that administrators add one by one; all others come from the list.
ADDED_KINDS = (Kind.PUSKESMAS, Kind.UNIVERSITY, Kind.BUSINESS, Kind.MEDIA, Kind.PARTNER)


@dataclass(frozen=True)
class Needed:
    """Of which kinds the institution of a role is, whether there must be one, and whether it may be one of a region
    above that in which the role is held."""

    kinds: frozenset[InstitutionKind]
    is_required: bool = False
    may_lie_above: bool = False


ANY = Needed(frozenset(Kind) - {Kind.GENERAL}, may_lie_above=True)
NEEDED: dict[str, Needed] = {
    "OPD_OFFICER": Needed(frozenset({Kind.OPD, Kind.LEADER, Kind.CENTRAL, Kind.TPPPS}), is_required=True),
    "PARTNER": Needed(
        frozenset({Kind.PARTNER, Kind.UNIVERSITY, Kind.BUSINESS, Kind.MEDIA}), is_required=True, may_lie_above=True
    ),
    "KECAMATAN_VERIFIER": Needed(frozenset({Kind.PUSKESMAS, Kind.GOVERNMENT, Kind.TPPPS}), is_required=True),
    "SUPERVISOR": Needed(frozenset({Kind.OPD, Kind.CENTRAL}), may_lie_above=True),
    "MIDWIFE": Needed(frozenset({Kind.PUSKESMAS, Kind.GOVERNMENT}), may_lie_above=True),
    "KADER": Needed(frozenset({Kind.PUSKESMAS, Kind.TEAM, Kind.GOVERNMENT, Kind.COMMUNITY}), may_lie_above=True),
    "DESA_OPERATOR": Needed(frozenset({Kind.GOVERNMENT})),
}


def get_needed(role: str) -> Needed:
    """What the table says of the role; of roles that it does not name: any institution, or none."""
    return NEEDED.get(role, ANY)


def can_serve(role: str, span: Span, kind: str, home: Span) -> bool:
    """Whether the role, held in the region of `span`, can be held for an institution of that kind and region."""
    needed = get_needed(role)
    is_above = home.low <= span.low and span.high <= home.high
    return kind in needed.kinds and (home == span or (needed.may_lie_above and is_above))
