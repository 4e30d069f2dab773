"""The roll-up: counts of every indicator for every region and month, kept current by the write."""

from django.db import models

from tumbuh.regions.api import Region


class Cell(models.Model):
    """Numerator and denominator of one indicator for a region (any level), month, sex and age group.

    Cells are disjoint: the figure of a region is the sum over its sex and age cells. Cells with nobody are not kept.
    Codes are compared byte by byte, which is much faster than by the rules of a language.
    """

    personal_data: dict[str, str] = {}

    pk = models.CompositePrimaryKey("region", "month", "indicator", "sex", "age_group")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField()
    month = models.DateField()
    indicator = models.CharField(max_length=40, db_collation="C")
    sex = models.CharField(max_length=1, db_collation="C")
    age_group = models.CharField(max_length=8, db_collation="C")
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cell_numerator_within", condition=models.Q(numerator__lte=models.F("denominator"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["level", "month", "indicator", "region"],
                include=["sex", "age_group", "numerator", "denominator"],
                name="cell_level_month",
            )
        ]
