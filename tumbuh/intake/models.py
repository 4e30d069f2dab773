"""Files that come in: one Import for an upload, one Row for each line of it."""

import uuid

from django.conf import settings
from django.db import models

from tumbuh.intake.rules import Decision, Outcome, State
from tumbuh.records.api import SourceBatch
from tumbuh.regions.api import Region


class Import(models.Model):
    """One upload on its way: guess, confirm, check, preview, commit, result, undo."""

    personal_data = {
        "file_name": "may hold a name",
        "stored_as": "the file itself is personal data",
        "columns": "a few sample values of each column",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    stored_as = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    columns = models.JSONField(default=dict, help_text="The guessed, then confirmed, reading of each sheet.")
    counts = models.JSONField(default=dict)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(null=True)
    error_code = models.CharField(max_length=40, blank=True)
    error_message = models.TextField(blank=True)
    cancel_asked = models.BooleanField(default=False)
    batch = models.OneToOneField(SourceBatch, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name


class Row(models.Model):
    """One line of a sheet: as it stood there, as we read it, what became of it and why."""

    personal_data = {
        "raw": "everything in the line",
        "parsed": "everything in the line",
        "before": "the values that a change replaced",
        "nik_index": "NIK, keyed",
    }

    id = models.BigAutoField(primary_key=True)
    owner = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField(help_text="As Excel numbers it, from 1.")
    visit = models.PositiveSmallIntegerField(default=0, help_text="Which month of a monthly sheet; 0 elsewhere.")
    raw = models.JSONField()
    parsed = models.JSONField(null=True)
    nik_index = models.BinaryField(null=True, max_length=32)
    outcome = models.CharField(max_length=13, choices=Outcome, blank=True)
    reasons = models.JSONField(default=list)
    person_id = models.BigIntegerField(null=True)
    measurement_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    decision = models.CharField(max_length=6, choices=Decision, blank=True)
    same_as = models.BigIntegerField(null=True, help_text="The row of this import that it may belong with.")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["owner", "sheet", "row", "visit"], name="row_once")]
        indexes = [models.Index(fields=["owner", "outcome"], name="row_outcome")]
