"""People who may stand in the register twice, and those who were joined."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from tumbuh.records.models.register import Person
from tumbuh.records.rules import CandidateState, Stays
from tumbuh.regions.api import Region

PAIR = Stays("the pair is what was asked about; it is found again with the one who is left")


class DuplicateCandidate(models.Model):
    """Two people who look like one. `levels`: the level of agreement of each comparison, from which reasons are told.

    `fingerprint`: what both said when it was asked, keyed; once kept apart, they are asked about again when it changes.
    `said`: why whoever entered the second one took them for two; it decides nothing.
    """

    personal_data = {
        "one": "identity", "other": "identity", "levels": "identity", "fingerprint": "identity, keyed",
        "said": "may tell of the person",
    }  # fmt: skip
    scoped_by = "both people"
    when_merged = {"one": PAIR, "other": PAIR}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    one = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    other = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", db_constraint=False)
    probability = models.DecimalField(max_digits=7, decimal_places=6)
    levels = models.JSONField()
    fingerprint = models.BinaryField(max_length=32)
    state = models.CharField(max_length=6, choices=CandidateState, default=CandidateState.OPEN)
    found_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    said = models.CharField(max_length=200, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="candidate_pair_once"),
            models.CheckConstraint(name="candidate_pair_ordered", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(
                name="candidate_decided",
                condition=Q(state="OPEN") | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason=""),
            ),
        ]


class PersonMerge(models.Model):
    """One person taken into another: everything that un-merging needs, kept as the database writes rows (JSON).

    Keys and not relations, because the absorbed person's row is gone.
    """

    personal_data = {
        "kept_key": "identity", "absorbed_key": "identity", "desa": "residence", "absorbed_desa": "residence",
        "content": "all of a person",
    }  # fmt: skip
    scoped_by = "both desa"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kept_key = models.BigIntegerField(db_index=True)
    absorbed_key = models.BigIntegerField(db_index=True)
    desa = models.ForeignKey(Region, models.PROTECT, related_name="+")
    absorbed_desa = models.ForeignKey(Region, models.PROTECT, related_name="+")
    content = models.JSONField()
    reason = models.CharField(max_length=500)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(db_default=Now())
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed_key"], name="merge_absorbed_once", condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept_key=F("absorbed_key"))),
        ]
