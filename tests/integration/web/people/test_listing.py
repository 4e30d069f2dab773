"""The list of accounts and who serves which region: only what lies within, in few queries."""

from datetime import date

import pytest

from tests.factories.accounts import make_user
from tumbuh.accounts.api import Institution, assign_role
from tumbuh.audit.api import SYSTEM


def list_names(page) -> list[str]:
    return [row["user"].username for row in page.context["rows"]]


def test_only_accounts_within_or_below(office, province, operator, stranger):
    make_user("analis.hulu", role="KABUPATEN_ANALYST", region=province["91.01"])
    make_user("provinsi", role="PROVINSI_ADMIN", region=province["91"])
    page = office.get("/akun")
    assert list_names(page) == ["admin.hulu", "analis.hulu", "operator"]
    assert "operator.hilir" not in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"cari": "OPER"}, ["operator"]),
        ({"cari": "tidak ada"}, []),
        ({"peran": "MIDWIFE"}, ["bidan"]),
        ({"peran": "BUKAN_PERAN"}, ["admin.hulu", "bidan", "operator"]),
        ({"wilayah": "91.01.01"}, ["operator"]),
        ({"wilayah": "91.02"}, ["admin.hulu", "bidan", "operator"]),  # not to be chosen
        ({"keadaan": "closed"}, ["bidan"]),
        ({"keadaan": "active", "peran": "DESA_OPERATOR"}, ["operator"]),
        ({"cari": "\0"}, ["admin.hulu", "bidan", "operator"]),
    ],
)
def test_search_and_filters(office, province, operator, asked, found):
    midwife = make_user("bidan", role="MIDWIFE", region=province["91.01.02.1001"])
    type(midwife).objects.filter(pk=midwife.pk).update(is_active=False)
    assert list_names(office.get("/akun", asked)) == found


def test_by_institution(office, province, institutions):
    agency = Institution.objects.get(code="dinas-kesehatan-kabupaten", region=province["91.01"])
    user = make_user("pj")
    assign_role(
        by=SYSTEM,
        user=user,
        role="OPD_OFFICER",
        region=province["91.01"],
        valid_from=date(2026, 1, 1),
        institution=agency,
    )
    page = office.get("/akun", {"instansi": agency.pk})
    assert list_names(page) == ["pj"] and agency.name in page.content.decode()


def test_queries_do_not_grow_with_the_list(office, province, operator, django_assert_max_num_queries):
    for number in range(60):
        make_user(f"bidan-{number}", role="MIDWIFE", region=province["91.01.02.1001"])
    with django_assert_max_num_queries(12):
        assert len(list_names(office.get("/akun"))) == 50


def test_served_and_not_by_kecamatan(office, operator, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = office.get("/akun/wilayah")
    assert [(row.region.code, row.total, row.served, row.missing) for row in page.context["rows"]] == [
        ("91.01.01", 2, 1, 1),
        ("91.01.02", 1, 0, 1),
    ]
    assert "2 dari 3 desa/kelurahan" in page.content.decode()
    with django_assert_max_num_queries(12):
        page = office.get("/akun/wilayah", {"kecamatan": "91.01.01"})
    rows = {region.code: [user.username for user in people] for region, people in page.context["rows"]}
    assert rows == {"91.01.01.2001": ["operator"], "91.01.01.2002": []}
    assert "/akun/baru?peran=DESA_OPERATOR&amp;wilayah=91.01.01.2002" in page.content.decode()


@pytest.mark.parametrize("code", ["91.02.01", "91.09.01", "x"])
def test_a_kecamatan_of_others_is_absent(office, code):
    assert office.get("/akun/wilayah", {"kecamatan": code}).status_code == 404


def test_the_menu_leads_administrators_there(office, client, operator):
    page = office.get("/akun").content.decode()
    assert '<a href="/akun" aria-current="true">' in page
    assert '<a href="/akun" aria-current' not in office.get("/akun/keamanan").content.decode()
    client.force_login(operator)
    assert 'href="/akun"' not in client.get("/kerja").content.decode()


def test_institutions_are_listed_and_added(office, province, institutions, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = office.get("/akun/instansi")
    assert "Kabupaten Hilir" not in page.content.decode()
    wanted = {"name": "Universitas Hulu", "kind": "UNIVERSITY", "region": "91.01"}
    assert office.post("/akun/instansi", wanted).status_code == 302
    assert office.post("/akun/instansi", wanted).status_code == 422
    assert office.post("/akun/instansi", wanted | {"region": "91.02"}).status_code == 422
    assert "Universitas Hulu" in office.get("/akun/instansi", {"cari": "hulu"}).content.decode()
