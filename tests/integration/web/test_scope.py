"""A view that forgets to filter still shows nobody outside its user's regions."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import make_user
from tests.factories.children import make_batch, make_person
from tumbuh.lib.row_scope import EVERYTHING, get_reach
from tumbuh.records.api import Person
from tumbuh.regions.api import get_number
from tumbuh.web.site.scope import ScopeMiddleware

DESAS = ("91.01.01.2001", "91.01.01.2002", "91.02.01.2001")


@pytest.fixture
def children(province):
    batch = make_batch()
    return [make_person(get_number(code), date(2026, 1, 5), batch) for code in DESAS]


def forgetful(request):
    return HttpResponse(",".join(str(desa) for desa in Person.objects.order_by("pk").values_list("desa_id", flat=True)))


def visit(user, view=forgetful) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return ScopeMiddleware(view)(request).content.decode()


def test_a_view_without_any_filter(province, children):
    midwife = make_user("bidan", role="MIDWIFE", region=province[DESAS[0]])
    analyst = make_user("analis", role="KABUPATEN_ANALYST", region=province["91.01"])
    assert visit(midwife) == str(get_number(DESAS[0]))
    assert visit(analyst) == f"{get_number(DESAS[0])},{get_number(DESAS[1])}"
    assert visit(make_user("tanpa.peran")) == ""
    assert visit(AnonymousUser()) == ""


def test_what_was_reached_before_and_after_a_request_is_untouched(province, children):
    assert get_reach() == EVERYTHING
    visit(AnonymousUser())
    assert get_reach() == EVERYTHING
    assert Person.objects.count() == len(DESAS)


def test_a_page_without_people_asks_for_no_roles(province):
    midwife = make_user("bidan", role="MIDWIFE", region=province[DESAS[0]])
    with CaptureQueriesContext(connection) as asked:
        visit(midwife, lambda request: HttpResponse(str(type(midwife).objects.count())))
    assert len(asked) == 1


def test_an_error_in_a_page_leaves_no_scope_behind(province, children):
    def broken(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        visit(make_user("bidan", role="MIDWIFE", region=province[DESAS[0]]), broken)
    assert get_reach() == EVERYTHING
