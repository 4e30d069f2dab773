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
    scoped_by = "region or by"

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
    undo_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undo_reason = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True, help_text="Rows and cells were deleted: their time was over.")

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name


class KeptChunk(models.Model):
    """A run of rows of the upload as the reader gave it, packed and encrypted: what the file itself said."""

    personal_data = {"content": "everything in the rows", "sheet": "may hold a name"}
    scoped_by = "owner"

    id = models.BigAutoField(primary_key=True)
    owner = models.ForeignKey(Import, models.CASCADE, related_name="chunks")
    sheet = models.TextField()
    is_hidden = models.BooleanField()
    first_row = models.PositiveIntegerField(help_text="As Excel numbers it, from 1.")
    count = models.PositiveIntegerField()
    sheet_rows = models.PositiveIntegerField(null=True)
    content = models.BinaryField()

    class Meta:
        ordering = ["id"]


class Row(models.Model):
    """One line of a sheet as we read it, what is to become of it and why. As it stood there: KeptChunk.

    Filled in bulk by one worker, so only what is searched by is indexed and keys are not checked line by line.
    """

    personal_data = {
        "name": "name",
        "name_key": "name",
        "mother_name": "name",
        "sex": "sex",
        "birth_date": "birth date",
        "nik_encrypted": "NIK",
        "nik_index": "NIK, keyed",
        "kk_encrypted": "KK number",
        "kk_index": "KK number, keyed",
        "address": "address",
        "rt": "address",
        "rw": "address",
        "desa_id": "residence",
        "posyandu": "residence",
        "puskesmas": "residence",
        "birth_weight_kg": "health",
        "birth_length_cm": "health",
        "measured_on": "health",
        "weight_kg": "health",
        "lenhei_cm": "health",
        "mode": "health",
        "head_cm": "health",
        "muac_cm": "health",
        "reasons": "values that are remarked on",
        "told": "everything in the line",
        "person_id": "identity",
    }
    scoped_by = "owner"

    id = models.BigAutoField(primary_key=True)
    owner = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_constraint=False, db_index=False)
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField(help_text="As Excel numbers it, from 1.")
    visit = models.PositiveSmallIntegerField(default=0, help_text="Which month of a monthly sheet; 0 elsewhere.")
    desa_id = models.BigIntegerField(null=True)
    name = models.TextField(default="")
    name_key = models.TextField(default="")
    sex = models.TextField(default="")
    birth_date = models.DateField(null=True)
    mother_name = models.TextField(default="")
    nik_encrypted = models.BinaryField(null=True)
    nik_index = models.BinaryField(null=True, max_length=32)
    nik_status = models.TextField(default="")
    birth_weight_kg = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    birth_length_cm = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    measured_on = models.DateField(null=True)
    weight_kg = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    lenhei_cm = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    mode = models.TextField(default="")
    head_cm = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    muac_cm = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    posyandu = models.TextField(default="")
    puskesmas = models.TextField(default="")
    kk_encrypted = models.BinaryField(null=True)
    kk_index = models.BinaryField(null=True, max_length=32)
    address = models.TextField(default="")
    rt = models.TextField(default="")
    rw = models.TextField(default="")
    outcome = models.CharField(max_length=13, choices=Outcome, blank=True)
    reasons = models.JSONField(default=list)
    told = models.BinaryField(null=True, help_text="All that a line of a list says, encrypted; null for e-PPGBM.")
    person_id = models.BigIntegerField(null=True, help_text="The child that it may belong with.")
    same_as = models.BigIntegerField(null=True, help_text="The row of this import that it may belong with.")
    decision = models.CharField(max_length=6, choices=Decision, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["owner", "sheet", "row", "visit"], name="row_once")]
        indexes = [models.Index(fields=["owner", "outcome"], name="row_outcome")]


class SavedRow(models.Model):
    """What a row wrote to the register, and the values that it replaced there: all that an undo needs."""

    personal_data = {"person_id": "identity", "measurement_id": "health", "before": "the values that a change replaced"}
    scoped_by = "row_id"

    row_id = models.BigIntegerField(primary_key=True)
    person_id = models.BigIntegerField(null=True)
    measurement_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)


class KeptHeading(models.Model):
    """What an official said that a heading means, used again for files of the same source and region of work."""

    personal_data: dict[str, str] = {}

    source = models.CharField(max_length=20)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    heading = models.CharField(max_length=200, help_text="Folded: small letters and digits.")
    field = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "region", "heading"], nulls_distinct=False, name="kept_heading_once"
            )
        ]
