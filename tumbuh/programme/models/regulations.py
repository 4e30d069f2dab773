"""A regulation, its articles and its yearly prevalence targets."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tumbuh.programme.rules import ArticleKind, Frequency


class Regulation(models.Model):
    """One regulation of one province, in force between two dates (`valid_to` empty: until further notice)."""

    personal_data: dict[str, str] = {}

    code = models.SlugField(max_length=60, unique=True)
    type = models.CharField(max_length=60)
    number = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    title = models.TextField()
    title_en = models.TextField()
    issuer = models.CharField(max_length=100)
    gazette = models.CharField(max_length=200, blank=True)
    province_code = models.CharField(max_length=2, db_index=True)
    enacted_on = models.DateField()
    promulgated_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    chapters = models.JSONField(default=list, help_text="[{number, title, first, last}] in order")
    stated_counts = models.JSONField(default=list, help_text="[{level, count, source, quote}]")
    loaded_at = models.DateTimeField(default=timezone.now, help_text="When loading last changed anything.")

    class Meta:
        ordering = ["-valid_from", "code"]
        constraints = [
            models.CheckConstraint(
                name="regulation_valid", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(name="regulation_term", condition=Q(last_year__gte=F("first_year"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Peraturan Gubernur Nomor 45 Tahun 2025."""
        return f"{self.type} Nomor {self.number} Tahun {self.year}"

    @property
    def term(self) -> list[int]:
        """The years of the regulation, oldest first."""
        return list(range(self.first_year, self.last_year + 1))


class Article(models.Model):
    """One item of an article, verbatim, with our short reading beside it. `position` is its place in the document."""

    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="articles")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True)
    item = models.CharField(max_length=4, blank=True)
    kind = models.CharField(max_length=12, choices=ArticleKind)
    text = models.TextField()
    term = models.CharField(max_length=100, blank=True)
    reading = models.TextField(blank=True)
    reading_en = models.TextField(blank=True)
    actor = models.CharField(max_length=200, blank=True)
    institutions = models.ManyToManyField("Institution", blank=True, related_name="articles")
    recipient = models.CharField(max_length=200, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency, blank=True)
    min_per_year = models.PositiveSmallIntegerField(null=True, blank=True)
    shown_by = ArrayField(
        models.CharField(max_length=30), default=list, blank=True,
        help_text="Codes of duties, outputs or parts of the annex in which its fulfilment shows.",
    )  # fmt: skip

    class Meta:
        ordering = ["regulation", "position"]
        constraints = [models.UniqueConstraint(fields=["regulation", "code"], name="article_code")]

    def __str__(self) -> str:
        return self.label

    @property
    def marker(self) -> str:
        """How the item begins in the text: `(2)`, `a.`, `7.` or nothing."""
        if self.item:
            return f"{self.item}."
        return f"({self.paragraph})" if self.paragraph else ""

    @property
    def label(self) -> str:
        """Pasal 8 ayat (3) huruf b; Pasal 1 angka 7; Pasal 10."""
        parts = [f"Pasal {self.number}"]
        if self.paragraph:
            parts.append(f"ayat ({self.paragraph})")
        if self.item:
            parts.append(f"{'angka' if self.item.isdigit() else 'huruf'} {self.item}")
        return " ".join(parts)


class PrevalenceTarget(models.Model):
    """The highest percentage that the regulation allows for an indicator at the end of a year."""

    personal_data: dict[str, str] = {}

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="prevalence_targets")
    indicator = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    percent = models.DecimalField(max_digits=4, decimal_places=1)
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "indicator", "year"], name="prevalence_target_year"),
            models.CheckConstraint(name="prevalence_percent", condition=Q(percent__gte=0, percent__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.percent}"
