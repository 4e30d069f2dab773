"""Duties of the articles, obligations with what is achieved, evidence that a person confirmed, chosen readings."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tumbuh.programme.models.annex import Output
from tumbuh.programme.models.institutions import Institution
from tumbuh.programme.models.interpretations import Interpretation
from tumbuh.programme.models.regulations import Article, Regulation
from tumbuh.programme.rules import Frequency, Measure, Per, SubjectKind, TargetReading
from tumbuh.regions.api import Region


class Duty(models.Model):
    """A duty that an article sets beside the annex, with its target and what proves it."""

    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="duties")
    article = models.ForeignKey(Article, models.CASCADE, related_name="duties")
    institutions = models.ManyToManyField(Institution, related_name="duties")
    code = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    text_en = models.TextField()
    years = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=60)
    per = models.CharField(max_length=10, choices=Per, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency)
    at_least = models.BooleanField(default=False)
    cumulative = models.BooleanField(default=False)
    evidence = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "duties"
        constraints = [models.UniqueConstraint(fields=["regulation", "code"], name="duty_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def as_read(self) -> TargetReading:
        per = Per(self.per) if self.per else None
        years, frequency = tuple(self.years), Frequency(self.frequency)
        return TargetReading(years, self.quantity, self.unit, per, frequency, self.at_least, self.cumulative)


class Obligation(models.Model):
    """What one unit owes in one year, and how far it is met. Made from the regulation, never by hand.

    `region` is the unit, or the province where `tier` (a whole tier) owes it. `retired_at`: the regulation as read now
    no longer has it; it comes back under the same key. Achievement is computed from evidence, never typed; `achieved`
    is empty while nothing is known.
    """

    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="obligations")
    output = models.ForeignKey(Output, models.CASCADE, null=True, related_name="obligations")
    duty = models.ForeignKey(Duty, models.CASCADE, null=True, related_name="obligations")
    key = models.CharField(max_length=60)
    code = models.CharField(max_length=30, help_text="Of the output or duty.")
    part = models.PositiveSmallIntegerField(help_text="Which part of its target, from 1.")
    pillar = models.PositiveSmallIntegerField(default=0, help_text="0 for duties of the articles.")
    year = models.PositiveSmallIntegerField()
    starts = models.PositiveSmallIntegerField(help_text="The first year whose evidence counts.")
    due_on = models.DateField()
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    tier = models.CharField(max_length=10, choices=Per, blank=True)
    measure = models.CharField(max_length=10, choices=Measure)
    quantity = models.DecimalField(max_digits=10, decimal_places=2)
    unit = models.CharField(max_length=60)
    of = models.CharField(max_length=10, choices=Per, blank=True, help_text="The level of the regions counted.")
    counts = models.BooleanField(default=True, help_text="False: the same as another starred output, counted there.")
    achieved = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    is_met = models.BooleanField(default=False)
    proofs = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0, help_text="Pieces of evidence that wait for review.")
    waived_at = models.DateTimeField(null=True)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    waiver = models.TextField(blank=True, help_text="Why it does not apply to this unit.")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regulation", "key"], name="obligation_key"),
            models.CheckConstraint(
                name="obligation_of_one",
                condition=Q(output__isnull=False, duty__isnull=True) | Q(output__isnull=True, duty__isnull=False),
            ),
            models.CheckConstraint(name="obligation_quantity", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="obligation_starts", condition=Q(starts__lte=F("year"))),
            models.CheckConstraint(name="obligation_measure", condition=Q(measure__in=Measure.values)),
            models.CheckConstraint(
                name="obligation_waiver",
                condition=Q(waived_at__isnull=True, waived_by__isnull=True, waiver="")
                | (Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waiver="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["regulation", "region", "pillar", "year"],
                include=["due_on", "is_met", "waiting", "achieved", "waived_at", "counts"],
                condition=Q(retired_at__isnull=True),
                name="obligation_board",
            ),
            models.Index(fields=["output", "region"], name="obligation_output"),
            models.Index(fields=["duty", "region"], name="obligation_duty"),
        ]

    def __str__(self) -> str:
        return self.key


class EvidenceLink(models.Model):
    """A person confirmed that a piece of evidence serves an output or duty (by code); `passage` says where it shows."""

    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="+")
    code = models.CharField(max_length=30)
    source = models.CharField(max_length=10, choices=SubjectKind)
    subject_id = models.UUIDField(help_text="The public number of the document, activity or partnership.")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    passage = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regulation", "code", "source", "subject_id"], name="evidence_link_once"),
            models.CheckConstraint(name="evidence_link_source", condition=Q(source__in=SubjectKind.values)),
        ]
        indexes = [models.Index(fields=["source", "subject_id"], name="evidence_link_subject")]

    def __str__(self) -> str:
        return f"{self.code} {self.source} {self.subject_id}"


class ReadingChoice(models.Model):
    """An official chose how a doubt is read. The newest choice holds; empty `alternative`: our own reading."""

    personal_data: dict[str, str] = {}

    interpretation = models.ForeignKey(Interpretation, models.CASCADE, related_name="choices")
    alternative = models.CharField(max_length=10, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(name="reading_choice_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.interpretation_id} {self.alternative}"
