"""What a grown-up's life line is made of: pregnancies, bridal couples and checks of health."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from tumbuh.records.models.register import Person, SourceBatch
from tumbuh.records.rules import Moves, Outcome
from tumbuh.regions.api import Region


class Pregnancy(models.Model):
    """One pregnancy from the first day of the last menses; without an end it goes on or was lost sight of."""

    personal_data = {
        "mother": "identity",
        "desa": "residence",
        "started_on": "health",
        "due_on": "health",
        "ended_on": "health",
        "outcome": "health",
        "number": "health",
        "is_risky": "health",
        "risks": "health",
        "is_wanted": "health",
        "counts_from": "health",
    }
    scoped_by = "desa or person"
    when_merged = {"mother": Moves()}

    mother = models.ForeignKey(Person, models.PROTECT, related_name="pregnancies", db_index=False)
    desa = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    started_on = models.DateField(help_text="First day of the last menses (HPHT).")
    due_on = models.DateField(help_text="Expected day of birth (HPL).")
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=5, choices=Outcome, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="First, second … pregnancy of hers.")
    is_risky = models.BooleanField(default=False, help_text="A health worker says so (risti).")
    risks = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_wanted = models.BooleanField(null=True, blank=True)
    counts_from = models.DateField(
        null=True,
        editable=False,
        help_text="Entered late: counted from this day on. Set by the database.",
    )
    batch = models.ForeignKey(SourceBatch, models.PROTECT, related_name="pregnancies")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["desa", "started_on"], name="pregnancy_desa")]
        constraints = [
            models.UniqueConstraint(fields=["mother", "started_on"], name="pregnancy_once"),
            models.CheckConstraint(
                name="pregnancy_ends_after_it_began",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
            ),
            models.CheckConstraint(
                name="pregnancy_end_with_outcome",
                condition=Q(ended_on__isnull=True, outcome="") | Q(ended_on__isnull=False, outcome__in=Outcome.values),
            ),
        ]


class Couple(models.Model):
    """A bridal couple (catin) from the day it was registered to the wedding; one of the two may live elsewhere."""

    personal_data = {
        "bride": "family",
        "groom": "family",
        "desa": "residence",
        "registered_on": "family",
        "planned_on": "family",
        "married_on": "family",
        "called_off_on": "family",
        "counts_from": "family",
    }
    scoped_by = "desa or person"
    when_merged = {"bride": Moves(), "groom": Moves()}

    bride = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="couples_as_bride", db_index=False
    )
    groom = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="couples_as_groom", db_index=False
    )
    desa = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    registered_on = models.DateField()
    planned_on = models.DateField(null=True, blank=True)
    married_on = models.DateField(null=True, blank=True)
    called_off_on = models.DateField(null=True, blank=True)
    counts_from = models.DateField(
        null=True,
        editable=False,
        help_text="Entered late: counted from this day on. Set by the database.",
    )
    batch = models.ForeignKey(SourceBatch, models.PROTECT, related_name="couples")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["desa", "registered_on"], name="couple_desa")]
        constraints = [
            models.UniqueConstraint(fields=["bride", "registered_on"], name="couple_once_bride"),
            models.UniqueConstraint(fields=["groom", "registered_on"], name="couple_once_groom"),
            models.CheckConstraint(name="couple_somebody", condition=Q(bride__isnull=False) | Q(groom__isnull=False)),
            models.CheckConstraint(
                name="couple_married_after",
                condition=Q(married_on__isnull=True) | Q(married_on__gte=F("registered_on")),
            ),
            models.CheckConstraint(
                name="couple_one_end", condition=Q(married_on__isnull=True) | Q(called_off_on__isnull=True)
            ),
        ]


class HealthCheck(models.Model):
    """A grown-up on one day: weight, height, arm, haemoglobin, smoke. At least one of them was looked at."""

    personal_data = {
        "person": "identity",
        "desa": "residence",
        "checked_on": "health",
        "weight_kg": "health",
        "height_cm": "health",
        "muac_cm": "health",
        "hb_g_dl": "health",
        "smoke": "health",
    }
    scoped_by = "desa or person"
    when_merged = {"person": Moves()}

    person = models.ForeignKey(Person, models.PROTECT, related_name="checks", db_index=False)
    desa = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    checked_on = models.DateField()
    weight_kg = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    height_cm = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    muac_cm = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    hb_g_dl = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    smoke = models.BooleanField(null=True, blank=True, help_text="Smokes, or lives with somebody who does.")
    batch = models.ForeignKey(SourceBatch, models.PROTECT, related_name="checks")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["desa", "checked_on"], name="healthcheck_desa")]
        constraints = [
            models.UniqueConstraint(fields=["person", "checked_on"], name="healthcheck_once_a_day"),
            models.CheckConstraint(
                name="healthcheck_something",
                condition=Q(weight_kg__isnull=False)
                | Q(height_cm__isnull=False)
                | Q(muac_cm__isnull=False)
                | Q(hb_g_dl__isnull=False)
                | Q(smoke__isnull=False),
            ),
            models.CheckConstraint(
                name="healthcheck_weight", condition=Q(weight_kg__isnull=True) | Q(weight_kg__range=(15, 250))
            ),
            models.CheckConstraint(
                name="healthcheck_height", condition=Q(height_cm__isnull=True) | Q(height_cm__range=(80, 230))
            ),
            models.CheckConstraint(
                name="healthcheck_muac", condition=Q(muac_cm__isnull=True) | Q(muac_cm__range=(10, 60))
            ),
            models.CheckConstraint(
                name="healthcheck_hb", condition=Q(hb_g_dl__isnull=True) | Q(hb_g_dl__range=(2, 25))
            ),
        ]
