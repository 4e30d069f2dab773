"""The annex: pillars, strategies, instruments, outputs and the structured reading of each target."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tumbuh.programme.models.regulations import Regulation
from tumbuh.programme.rules import Frequency, Per, TargetReading


class Pillar(models.Model):
    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="pillars")
    number = models.PositiveSmallIntegerField()
    title = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["regulation", "number"], name="pillar_number")]

    def __str__(self) -> str:
        return f"Pilar {self.number}"


class Strategy(models.Model):
    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="+")
    pillar = models.ForeignKey(Pillar, models.CASCADE, related_name="strategies")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "strategies"
        constraints = [models.UniqueConstraint(fields=["regulation", "code"], name="strategy_code")]

    def __str__(self) -> str:
        return self.code


class Instrument(models.Model):
    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="+")
    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="instruments")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["regulation", "code"], name="instrument_code")]

    def __str__(self) -> str:
        return self.code


class Output(models.Model):
    """What an instrument must bring about (keluaran); text, target cell and involvement cell verbatim."""

    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="outputs")
    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="outputs")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    target_raw = models.TextField()
    involvement_raw = models.TextField()
    is_starred = models.BooleanField(default=False, help_text="Shared between strategies; counted once.")
    starred_in = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    source = models.CharField(max_length=200)
    evidence = models.JSONField(default=list, blank=True, help_text="What proves it: entries as in evidence.yaml.")
    counted_with = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["regulation", "position"]
        constraints = [models.UniqueConstraint(fields=["regulation", "code"], name="output_code")]

    def __str__(self) -> str:
        return self.code


class Target(models.Model):
    """Our structured reading of a target cell, or of one part of it (see `rules/targets.py`)."""

    personal_data: dict[str, str] = {}

    output = models.ForeignKey(Output, models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField()
    years = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=60)
    per = models.CharField(max_length=10, choices=Per, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency)
    at_least = models.BooleanField(default=False)
    cumulative = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["output", "position"], name="target_position"),
            models.CheckConstraint(name="target_quantity", condition=Q(quantity__isnull=True) | Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.output_id} {self.position}"

    @property
    def as_read(self) -> TargetReading:
        per = Per(self.per) if self.per else None
        years, frequency = tuple(self.years), Frequency(self.frequency)
        return TargetReading(years, self.quantity, self.unit, per, frequency, self.at_least, self.cumulative)
