"""Every table with personal data is under row-level security, and the work that reaches everybody says why."""

import ast
import re

import pytest
from django.apps import apps
from django.db import connection

from tests.architecture.house import PACKAGE, ROOT, list_sources

MODELS = [model for model in apps.get_models() if model.__module__.startswith("tumbuh.")]
PERSONAL = [model for model in MODELS if getattr(model, "personal_data", None)]
SCOPED = [model for model in MODELS if hasattr(model, "scoped_by")]
DOCUMENT = (
    "papers of offices, not people of the register: published ones are everybody's, others go by permissions of their "
    "own, which the scope of people that the database knows does not tell"
)
# Tables with personal data that are not people of a region, each with the reason.
OPEN = {
    "accounts.AccountBatch": "account holders, not people of the register; read by its maker, until it is confirmed",
    "accounts.User": "read to know who signs in; whose account is shown to whom is the rule of its room",
    "documents.Document": DOCUMENT,
    "documents.StoredFile": DOCUMENT,
    "documents.FilePage": DOCUMENT,
    "documents.DocumentBatch": "only its maker's, and no people of the register",
    "programme.TeamMember": "officials in a public function, as their decree names them; shown to those signed in",
    "audit.Event": "names no person of the register, only keys; everybody who acts writes here",
    "partners.PartnerReport": "what an institution says of its own work; its readers are the rule of its room",
}
TABLE = """
SELECT c.relrowsecurity, c.relforcerowsecurity, row_security_active(c.oid), NOT o.rolsuper AND NOT o.rolbypassrls,
    (SELECT array_agg(p.polcmd::text) FROM pg_policy p WHERE p.polrelid = c.oid)
FROM pg_class c JOIN pg_roles o ON o.oid = c.relowner WHERE c.oid = %s::regclass
"""
VIEW = "SELECT 'security_invoker=true' = ANY(reloptions) FROM pg_class WHERE oid = %s::regclass"


def name(model) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", PERSONAL, ids=name)
def test_personal_data_is_scoped_or_says_why_not(model):
    assert hasattr(model, "scoped_by") != (name(model) in OPEN), "write scoped_by and a policy, or a reason here"


def test_reasons_are_for_tables_that_exist():
    assert set(OPEN) <= {name(model) for model in PERSONAL}


@pytest.mark.django_db
@pytest.mark.parametrize("model", [model for model in SCOPED if model._meta.managed], ids=name)
def test_scoped_table_is_under_forced_security(model):
    """Enabled, forced, in force for the role that the tests run as and the owner, one policy for every command."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE, [model._meta.db_table])
        assert cursor.fetchone() == (True, True, True, True, ["*"])


@pytest.mark.django_db
@pytest.mark.parametrize("model", [model for model in SCOPED if not model._meta.managed], ids=name)
def test_view_on_people_asks_as_its_reader(model):
    with connection.cursor() as cursor:
        cursor.execute(VIEW, [model._meta.db_table])
        assert cursor.fetchone() == (True,)


def test_work_on_the_whole_country_is_listed_with_its_reason():
    """Each `whole_country("…")` of the code stands in the page on scope, and no other does."""
    reasons = set()
    for path in list_sources(PACKAGE):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "whole_country":
                assert len(node.args) == 1 and isinstance(node.args[0], ast.Constant), f"{path}: write the reason there"
                reasons.add(node.args[0].value)
    page = (ROOT / "docs/explanation/scope.md").read_text()
    listed = set(re.findall(r"^- `([^`]+)`:", page, re.MULTILINE))
    assert reasons == listed
