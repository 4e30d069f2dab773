"""Interpretation notes: what the text leaves open, how we read it, and how else it could be read."""

from django.db import models
from django.db.models import Q

from tumbuh.programme.models.annex import Output
from tumbuh.programme.models.regulations import Article, Regulation
from tumbuh.programme.rules import NoteKind


class Interpretation(models.Model):
    """One doubt, in Indonesian and English. `alternatives`: [{id, text, text_en, targets: {output: [target]}}]."""

    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="interpretations")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=NoteKind)
    question = models.TextField()
    question_en = models.TextField()
    reading = models.TextField()
    reading_en = models.TextField()
    alternatives = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["regulation", "code"], name="interpretation_code")]

    def __str__(self) -> str:
        return self.code


class InterpretationSubject(models.Model):
    """What a note is about: an article, an output, or neither, which means the text as a whole."""

    personal_data: dict[str, str] = {}

    interpretation = models.ForeignKey(Interpretation, models.CASCADE, related_name="subjects")
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="subjects")
    output = models.ForeignKey(Output, models.CASCADE, null=True, blank=True, related_name="subjects")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interpretation", "article", "output"],
                nulls_distinct=False,
                name="interpretation_subject_once",
            ),
            models.CheckConstraint(
                name="interpretation_subject_one", condition=Q(article__isnull=True) | Q(output__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interpretation_id}: {self.article_id or self.output_id or 'document'}"
