"""What is recorded of a partnership: agreements, CSR programmes, research, contributions."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tumbuh.accounts.api import Institution
from tumbuh.documents.api import Document
from tumbuh.partners.rules import AgreementForm, ContributionForm, CsrState, Field, ResearchForm
from tumbuh.regions.api import Region

VALID = Q(voided_at__isnull=True)


class Entry(models.Model):
    """What all of them have: the region whose record it is, who recorded it, the keys of all who wrote in it, and,
    where it was a mistake, why it is void."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    writers = ArrayField(models.BigIntegerField(), default=list)
    recorded_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Agreement(Entry):
    """A memorandum or agreement. It counts in the year in which it was signed."""

    personal_data: dict[str, str] = {}

    form = models.CharField(max_length=3, choices=AgreementForm)
    number = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    purpose = models.TextField(blank=True)
    parties = models.ManyToManyField(Institution, related_name="+")
    signed_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], condition=VALID, name="agreement_once"),
            models.CheckConstraint(name="agreement_form", condition=Q(form__in=AgreementForm.values)),
            models.CheckConstraint(
                name="agreement_dates", condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CsrProgramme(Entry):
    """What a partner does for its social responsibility in a year. It counts while it runs and when it is done."""

    personal_data: dict[str, str] = {}

    partner = models.ForeignKey(Institution, models.PROTECT, related_name="csr_programmes")
    title = models.CharField(max_length=300)
    field = models.CharField(max_length=10, choices=Field)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=CsrState, default=CsrState.PLANNED)
    pledged_idr = models.PositiveBigIntegerField(null=True, blank=True)
    realised_idr = models.PositiveBigIntegerField(null=True, blank=True)
    reach = models.PositiveIntegerField(null=True, blank=True, help_text="People.")
    places = models.ManyToManyField(Region, related_name="+")

    class Meta:
        ordering = ["-year", "title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "year", "title"], condition=VALID, name="csr_once"),
            models.CheckConstraint(
                name="csr_codes", condition=Q(field__in=Field.values, state__in=CsrState.values)
            ),
            models.CheckConstraint(
                name="csr_done_reaches", condition=~Q(state=CsrState.DONE) | Q(reach__gt=0, reach__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Research(Entry):
    """Research or a study. It counts in the year in which it was finished, with its recommendation."""

    personal_data: dict[str, str] = {}

    form = models.CharField(max_length=8, choices=ResearchForm)
    title = models.CharField(max_length=300)
    lead = models.ForeignKey(Institution, models.PROTECT, related_name="led_research")
    institutions = models.ManyToManyField(Institution, related_name="+")
    year = models.PositiveSmallIntegerField(help_text="In which it was begun.")
    finished_on = models.DateField(null=True, blank=True)
    finding = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    indicator = models.CharField(max_length=40, blank=True, help_text="A code of definitions/indicators.")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    improved = models.CharField(max_length=500, blank=True, help_text="What it improved: the indicator or a decision.")

    class Meta:
        ordering = ["-year", "title", "id"]
        verbose_name_plural = "research"
        constraints = [
            models.UniqueConstraint(fields=["lead", "year", "title"], condition=VALID, name="research_once"),
            models.CheckConstraint(name="research_form", condition=Q(form__in=ResearchForm.values)),
            models.CheckConstraint(
                name="research_finished", condition=Q(finished_on__isnull=True) | ~Q(recommendation="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Contribution(Entry):
    """Money, goods, services or labour that a partner gave."""

    personal_data: dict[str, str] = {}

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="contributions")
    form = models.CharField(max_length=8, choices=ContributionForm)
    given_on = models.DateField()
    amount_idr = models.PositiveBigIntegerField(null=True, blank=True, help_text="Also the worth of goods.")
    description = models.CharField(max_length=500, blank=True)
    purpose = models.CharField(max_length=300)

    class Meta:
        ordering = ["-given_on", "-id"]
        constraints = [
            models.CheckConstraint(name="contribution_form", condition=Q(form__in=ContributionForm.values)),
            models.CheckConstraint(
                name="contribution_money",
                condition=~Q(form=ContributionForm.MONEY) | Q(amount_idr__gt=0, amount_idr__isnull=False),
            ),
        ]

    @property
    def title(self) -> str:
        return self.purpose
