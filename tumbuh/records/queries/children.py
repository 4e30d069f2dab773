"""Reading children: the viewer's scope comes first, and a child outside it looks like no child at all."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from tumbuh.accounts.api import Scope
from tumbuh.records.models import Measurement, Person


def list_children(scope: Scope, *, desa_id: int | None = None, born_after: date | None = None) -> QuerySet[Person]:
    """Children in scope by name, with the latest visit beside each (last_id, last_on)."""
    last = Measurement.objects.filter(person=OuterRef("pk")).order_by("-measured_on")
    people = Person.objects.filter(scope.q("desa_id")).select_related("desa", "posyandu")
    if desa_id is not None:
        people = people.filter(desa_id=desa_id)
    if born_after is not None:
        people = people.filter(birth_date__gt=born_after)
    return people.annotate(
        last_id=Subquery(last.values("pk")[:1]), last_on=Subquery(last.values("measured_on")[:1])
    ).order_by("name", "pk")


def get_child(scope: Scope, public_id: UUID) -> Person:
    """The child with its desa and household, or Person.DoesNotExist when there is none in scope."""
    return (
        Person.objects.filter(scope.q("desa_id"))
        .select_related("desa", "posyandu", "household")
        .get(public_id=public_id)
    )


def list_siblings(scope: Scope, person: Person) -> list[Person]:
    """Who else of the person's household stands in the register in scope, oldest first; none without a household."""
    if person.household_id is None or not scope.contains(person.desa_id):
        return []
    others = Person.objects.filter(scope.q("desa_id"), household_id=person.household_id).exclude(pk=person.pk)
    return list(others.order_by("birth_date", "pk"))


def list_batches(desa_id: int) -> list[UUID]:
    """The source batches that the measurements of a desa came from."""
    return list(Measurement.objects.filter(desa_id=desa_id).order_by().values_list("batch_id", flat=True).distinct())


def list_measurements(scope: Scope, person: Person) -> list[Measurement]:
    """All visits of a child in scope, the oldest first; none for a child outside it."""
    if not scope.contains(person.desa_id):
        return []
    return list(person.measurements.order_by("measured_on"))


def find_measurement(scope: Scope, key: int) -> Measurement | None:
    """The measurement with this key and its child, where it lies in scope."""
    return Measurement.objects.filter(scope.q("desa_id"), pk=key).select_related("person").first()


def list_latest(scope: Scope, children: list[Person]) -> dict[int, Measurement]:
    """The latest measurement of each of the children in scope that has one, by person id; one query."""
    keys = [child.last_id for child in children if child.last_id and scope.contains(child.desa_id)]
    return {visit.person_id: visit for visit in Measurement.objects.filter(pk__in=keys)}


def list_visits_on(scope: Scope, people: Iterable[int], day: date) -> dict[int, Measurement]:
    """What was measured of these people (ids) in scope on one day, by person id."""
    visits = Measurement.objects.filter(scope.q("desa_id"), person_id__in=list(people), measured_on=day)
    return {visit.person_id: visit for visit in visits}


def count_implausible(batch: UUID) -> int:
    """Measurements of a source batch with a z-score that WHO calls implausible."""
    odd = Q(haz_flag=True) | Q(waz_flag=True) | Q(whz_flag=True)
    return Measurement.objects.filter(odd, batch_id=batch).count()
