"""What every table must say of itself: its personal data, and relations that point downwards only."""

import pytest
from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from tests.architecture.house import list_rooms

ROOMS = list_rooms()
MODELS = [model for model in apps.get_models() if model.__module__.startswith("tumbuh.")]


def room_of(model) -> str:
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_model_declares_its_personal_data(model):
    declared = model.__dict__.get("personal_data")
    assert isinstance(declared, dict), "write personal_data = {field: kind}, or {} where there is none"
    fields = {field.name for field in model._meta.get_fields()}
    assert set(declared) <= fields, "personal_data names fields that do not exist"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_relations_point_to_the_same_or_a_lower_room(model):
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey | OneToOneField) and field.related_model.__module__.startswith("tumbuh."):
            target = room_of(field.related_model)
            below = ROOMS[target] > ROOMS[room_of(model)] or target == room_of(model)
            assert below, f"{field.name} points up to {target}"


def test_no_generic_relations():
    assert all(type(field).__name__ != "GenericForeignKey" for model in MODELS for field in model._meta.private_fields)


def test_migrations_are_complete():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


test_migrations_are_complete = pytest.mark.django_db(test_migrations_are_complete)


def test_every_relation_to_a_person_says_what_happens_when_two_are_merged():
    """So that a new table is moved with its person, or somebody wrote down why it is not."""
    from tumbuh.records.models import Person
    from tumbuh.records.rules import Moves, Stays

    found = {
        (model._meta.label, field.name): getattr(model, "when_merged", {}).get(field.name)
        for model in MODELS
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is Person
    }
    assert [where for where, rule in found.items() if not isinstance(rule, Moves | Stays)] == []
    assert [where for where, rule in found.items() if isinstance(rule, Stays) and not rule.why] == []
    assert ("records.Measurement", "person") in found
