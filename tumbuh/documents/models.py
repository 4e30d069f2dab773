"""Documents, the files that carry them, their words, and what they do to each other."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, GeneratedField, Q

from tumbuh.accounts.api import Institution
from tumbuh.documents.rules import BatchState, RelationKind, TextState
from tumbuh.regions.api import Region

CONFIG = "indonesian"  # PostgreSQL's own stemmer


class Document(models.Model):
    """A document of a region. `sha256` is that of the current file as it was sent."""

    personal_data = {"title": "may name people", "note": "may name people"}

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40, help_text="A code of definitions/documents/kinds.yaml.")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The year that it serves.")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    search = GeneratedField(
        expression=SearchVector("title", config=CONFIG), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        ordering = ["-added_at", "-id"]
        indexes = [
            models.Index(fields=["region", "kind", "year"], name="document_of_region"),
            GinIndex(fields=["search"], name="document_title_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind", "year", "sha256"], name="document_once", nulls_distinct=False,
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="document_published",
                condition=Q(is_published=True, published_at__isnull=False)
                | Q(is_published=False, published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="document_withdrawn",
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, is_published=False) & ~Q(withdrawn_reason="")),
            ),
            models.CheckConstraint(
                name="document_validity",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class StoredFile(models.Model):
    """One version of a document's file. `sha256` names the stored bytes, `sent_sha256` those that came (a picture is
    drawn anew)."""

    personal_data = {"name": "may name people", "sha256": "the file may name people"}

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    kind = models.CharField(max_length=4)
    name = models.CharField(max_length=130)
    sha256 = models.CharField(max_length=64)
    sent_sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    text_state = models.CharField(max_length=7, choices=TextState)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="file_version_once"),
            models.UniqueConstraint(fields=["document"], name="file_current_once", condition=Q(is_current=True)),
        ]


class FilePage(models.Model):
    """The words of one page, or of a stretch of a page's length."""

    personal_data = {"text": "may name people"}

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField()
    search = GeneratedField(
        expression=SearchVector("text", config=CONFIG), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        ordering = ["number"]
        indexes = [GinIndex(fields=["search"], name="document_page_words")]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="file_page_once")]


class LegalRelation(models.Model):
    """What the source does to the target: amends, revokes or implements it."""

    personal_data: dict[str, str] = {}

    source = models.ForeignKey(Document, models.PROTECT, related_name="relations")
    target = models.ForeignKey(Document, models.PROTECT, related_name="related_by")
    kind = models.CharField(max_length=10, choices=RelationKind)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="relation_once"),
            models.CheckConstraint(name="relation_of_two", condition=~Q(source=F("target"))),
        ]


class DocumentBatch(models.Model):
    """A bulk upload that was looked at: one entry in `rows` for each line of its table. Only its maker sees it."""

    personal_data = {"rows": "titles and file names may name people", "name": "may name people"}

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=130)
    state = models.CharField(max_length=9, choices=BatchState, default=BatchState.CHECKED)
    rows = models.JSONField(default=list)
    unused = models.JSONField(default=list, help_text="Files of the archive that no line names.")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
