"""Institutions, the names that the text gives them, and who is responsible for or supports an output."""

from django.db import models

from tumbuh.programme.models.annex import Output
from tumbuh.programme.models.regulations import Regulation
from tumbuh.programme.rules import InstitutionKind, Per, Role


class Institution(models.Model):
    """Somebody whom the regulation names; at kabupaten level and below it stands for one in each region."""

    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="institutions")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=InstitutionKind)
    level = models.CharField(max_length=10, choices=Per, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["regulation", "code"], name="institution_code")]

    def __str__(self) -> str:
        return self.name


class InstitutionName(models.Model):
    """A name exactly as the text writes it, and the institutions it means."""

    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="institution_names")
    text = models.CharField(max_length=200)
    institutions = models.ManyToManyField(Institution, related_name="names")

    class Meta:
        ordering = ["text"]
        constraints = [models.UniqueConstraint(fields=["regulation", "text"], name="institution_name_text")]

    def __str__(self) -> str:
        return self.text


class Involvement(models.Model):
    """An output names an institution as responsible or supporting; `position` within that role."""

    personal_data: dict[str, str] = {}

    output = models.ForeignKey(Output, models.CASCADE, related_name="involvements")
    role = models.CharField(max_length=12, choices=Role)
    position = models.PositiveSmallIntegerField()
    name = models.ForeignKey(InstitutionName, models.PROTECT, related_name="involvements")

    class Meta:
        ordering = ["role", "position"]
        constraints = [models.UniqueConstraint(fields=["output", "role", "position"], name="involvement_position")]

    def __str__(self) -> str:
        return f"{self.output_id} {self.role} {self.position}"
