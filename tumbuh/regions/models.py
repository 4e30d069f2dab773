"""One tree of regions, the facilities in it, its populations and boundaries."""

from django.db import models
from django.db.models import Q

from tumbuh.regions.rules import Kind, Level, Span, get_span


class Region(models.Model):
    """A province, kabupaten/kota, kecamatan or desa/kelurahan. The key is the code as a number (see rules)."""

    personal_data: dict[str, str] = {}

    id = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField(choices=Level)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    bps_code = models.CharField(max_length=10, blank=True, db_index=True)
    postal_code = models.CharField(max_length=5, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_local = models.BooleanField(default=False, help_text="Added by the province, without a Kemendagri code.")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["level", "id"], name="region_level")]
        constraints = [
            models.CheckConstraint(
                name="region_parent_by_level",
                condition=Q(level=1, parent__isnull=True) | Q(level__gt=1, parent__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def span(self) -> Span:
        return get_span(self.code)

    @property
    def full_name(self) -> str:
        """The name with its kind: Kabupaten Seluma, Kota Anu, Desa Talang Benuang."""
        kind = Kind(self.kind).label
        return self.name if self.name.startswith(f"{kind} ") else f"{kind} {self.name}"


class RegionChange(models.Model):
    """A code that was replaced by another, as when a region splits or moves."""

    personal_data: dict[str, str] = {}

    predecessor = models.ForeignKey(Region, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Region, models.PROTECT, related_name="origins")
    changed_on = models.DateField()
    legal_basis = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="region_change_once")]


class Facility(models.Model):
    """A puskesmas or posyandu."""

    class FacilityKind(models.TextChoices):
        PUSKESMAS = "PUSKESMAS", "Puskesmas"
        POSYANDU = "POSYANDU", "Posyandu"

    personal_data: dict[str, str] = {}

    kind = models.CharField(max_length=10, choices=FacilityKind)
    name = models.CharField(max_length=100)
    region = models.ForeignKey(Region, models.PROTECT, related_name="facilities")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["region", "kind", "name"], name="facility_once")]

    def __str__(self) -> str:
        return self.name


class Population(models.Model):
    """How many people of a group lived in a region in a year, and who says so."""

    personal_data: dict[str, str] = {}

    region = models.ForeignKey(Region, models.PROTECT, related_name="populations")
    year = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=40, default="ALL")
    sex = models.CharField(max_length=6, default="ALL")
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "group", "sex", "source"], name="population_once")
        ]


class Boundary(models.Model):
    """A region's outline as GeoJSON geometry (RFC 7946, WGS 84), with its attribution."""

    personal_data: dict[str, str] = {}

    region = models.OneToOneField(Region, models.CASCADE, primary_key=True, related_name="boundary")
    geometry = models.JSONField()
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField(auto_now=True)


class MapSheet(models.Model):
    """Outlines of the regions of one level within a region, simplified and ready to draw: see actions/boundaries."""

    personal_data: dict[str, str] = {}

    region = models.ForeignKey(Region, models.CASCADE, related_name="map_sheets")
    level = models.PositiveSmallIntegerField(choices=Level)
    width = models.FloatField()
    height = models.FloatField()
    shapes = models.JSONField(help_text="code → [path, label x, label y, free width], in units of the sheet.")
    source = models.CharField(max_length=300, help_text="Attribution of the outlines.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "level"], name="map_sheet_once")]
