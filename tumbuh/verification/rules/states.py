"""The state table: states with owner and label, and the moves between them. Diagrams and documents come from here."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import SUBMIT, VERIFY_KABUPATEN, VERIFY_KECAMATAN, VERIFY_PROVINSI


class Tier(models.IntegerChoices):
    """Who holds a package, from below; the number is how many tiers have passed it when this one has."""

    DESA = 1, _("Desa/kelurahan")
    KECAMATAN = 2, _("Kecamatan/puskesmas")
    KABUPATEN = 3, _("Kabupaten/kota")
    PROVINSI = 4, _("Provinsi")


class State(models.TextChoices):
    DRAFT = "DRAFT", _("Draf")
    SUBMITTED = "SUBMITTED", _("Dikirim")
    VERIFIED_KECAMATAN = "VERIFIED_KECAMATAN", _("Terverifikasi kecamatan")
    VERIFIED_KABUPATEN = "VERIFIED_KABUPATEN", _("Terverifikasi kabupaten/kota")
    ACCEPTED = "ACCEPTED", _("Diterima provinsi")
    RETURNED_DESA = "RETURNED_DESA", _("Dikembalikan ke desa")
    RETURNED_KECAMATAN = "RETURNED_KECAMATAN", _("Dikembalikan ke kecamatan")
    RETURNED_KABUPATEN = "RETURNED_KABUPATEN", _("Dikembalikan ke kabupaten/kota")


class Move(models.TextChoices):
    SUBMIT = "SUBMIT", _("Kirim")
    WITHDRAW = "WITHDRAW", _("Tarik kembali")
    VERIFY = "VERIFY", _("Setujui")
    RETURN = "RETURN", _("Kembalikan")
    UNAPPROVE = "UNAPPROVE", _("Batalkan persetujuan")
    LAPSE = "LAPSE", _("Syarat terlewat")  # nobody's step: the system takes it


# Who must act next, and how many tiers have said yes.
OWNER: dict[State, Tier | None] = {
    State.DRAFT: Tier.DESA,
    State.SUBMITTED: Tier.KECAMATAN,
    State.VERIFIED_KECAMATAN: Tier.KABUPATEN,
    State.VERIFIED_KABUPATEN: Tier.PROVINSI,
    State.ACCEPTED: None,
    State.RETURNED_DESA: Tier.DESA,
    State.RETURNED_KECAMATAN: Tier.KECAMATAN,
    State.RETURNED_KABUPATEN: Tier.KABUPATEN,
}
PASSED: dict[State, int] = {
    State.DRAFT: 0,
    State.RETURNED_DESA: 0,
    State.SUBMITTED: 1,
    State.RETURNED_KECAMATAN: 1,
    State.VERIFIED_KECAMATAN: 2,
    State.RETURNED_KABUPATEN: 2,
    State.VERIFIED_KABUPATEN: 3,
    State.ACCEPTED: 4,
}
# Data of a package can be written only here; in RETURNED_DESA only what was returned.
OPEN = frozenset({State.DRAFT, State.RETURNED_DESA})

PERMISSION: dict[Tier, str] = {
    Tier.DESA: SUBMIT,
    Tier.KECAMATAN: VERIFY_KECAMATAN,
    Tier.KABUPATEN: VERIFY_KABUPATEN,
    Tier.PROVINSI: VERIFY_PROVINSI,
}


@dataclass(frozen=True)
class Rule:
    """One allowed move of a tier: from any of `sources` to any of `targets` (the first is the usual one)."""

    move: Move
    tier: Tier
    sources: frozenset[State]
    targets: tuple[State, ...]

    @property
    def needs_reason(self) -> bool:
        """Whatever goes back says why."""
        return self.move in {Move.RETURN, Move.UNAPPROVE, Move.LAPSE}

    @property
    def is_by_system(self) -> bool:
        """Taken by the system when the tier's condition was not met in time, and by no person."""
        return self.move == Move.LAPSE


def _rule(move: Move, tier: Tier, sources: set[State], *targets: State) -> Rule:
    return Rule(move, tier, frozenset(sources), targets)


S = State
RULES: tuple[Rule, ...] = (
    _rule(Move.SUBMIT, Tier.DESA, {S.DRAFT, S.RETURNED_DESA}, S.SUBMITTED),
    _rule(Move.WITHDRAW, Tier.DESA, {S.SUBMITTED}, S.DRAFT),
    _rule(Move.VERIFY, Tier.KECAMATAN, {S.SUBMITTED, S.RETURNED_KECAMATAN}, S.VERIFIED_KECAMATAN),
    _rule(Move.VERIFY, Tier.KABUPATEN, {S.VERIFIED_KECAMATAN, S.RETURNED_KABUPATEN}, S.VERIFIED_KABUPATEN),
    _rule(Move.VERIFY, Tier.PROVINSI, {S.VERIFIED_KABUPATEN}, S.ACCEPTED),
    _rule(Move.RETURN, Tier.KECAMATAN, {S.SUBMITTED, S.RETURNED_KECAMATAN}, S.RETURNED_DESA),
    _rule(
        Move.RETURN, Tier.KABUPATEN, {S.VERIFIED_KECAMATAN, S.RETURNED_KABUPATEN}, S.RETURNED_DESA, S.RETURNED_KECAMATAN
    ),
    _rule(
        Move.RETURN, Tier.PROVINSI, {S.VERIFIED_KABUPATEN}, S.RETURNED_DESA, S.RETURNED_KECAMATAN, S.RETURNED_KABUPATEN
    ),
    _rule(Move.UNAPPROVE, Tier.KECAMATAN, {S.VERIFIED_KECAMATAN}, S.SUBMITTED),
    _rule(Move.UNAPPROVE, Tier.KABUPATEN, {S.VERIFIED_KABUPATEN}, S.VERIFIED_KECAMATAN, S.SUBMITTED),
    _rule(Move.UNAPPROVE, Tier.PROVINSI, {S.ACCEPTED}, S.VERIFIED_KABUPATEN, S.VERIFIED_KECAMATAN, S.SUBMITTED),
    _rule(
        Move.LAPSE,
        Tier.KECAMATAN,
        {S.VERIFIED_KECAMATAN, S.RETURNED_KABUPATEN, S.VERIFIED_KABUPATEN, S.ACCEPTED},
        S.SUBMITTED,
    ),
    _rule(Move.LAPSE, Tier.KABUPATEN, {S.VERIFIED_KABUPATEN, S.ACCEPTED}, S.VERIFIED_KECAMATAN),
    _rule(Move.LAPSE, Tier.PROVINSI, {S.ACCEPTED}, S.VERIFIED_KABUPATEN),
)


def find_rule(move: Move, tier: Tier) -> Rule | None:
    """The rule of a tier's move, or None where the tier has no such move."""
    return next((rule for rule in RULES if rule.move == move and rule.tier == tier), None)


def list_undone(source: State, target: State) -> list[Tier]:
    """The tiers whose approval an un-approval or a lapse takes back, the highest first: the cascade."""
    return [tier for tier in sorted(Tier, reverse=True) if PASSED[target] < tier <= PASSED[source]]
