"""The pages of partners: for everybody, for officials, for a partner; in at most twelve queries."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import make_user
from tests.factories.partners import (
    TEXTS,
    hand_in,
    join_network,
    make_agreement_details,
    make_contribution_details,
    make_csr_details,
    make_details,
    make_institution,
    make_research_details,
)
from tumbuh.accounts.api import InstitutionKind
from tumbuh.partners.api import ITEM, Kind, Semester, begin_report, record_entry, submit_entry
from tumbuh.partners.models import Agreement, Contribution, CsrProgramme, Membership, PartnerReport, Research
from tumbuh.verification.api import ReviewMove, review_item

SLUGS = {
    Kind.AGREEMENT: "perjanjian",
    Kind.CSR: "program",
    Kind.RESEARCH: "riset",
    Kind.CONTRIBUTION: "kontribusi",
}
LAST = Semester(2026, 1)


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


def record(people, kind, by=None):
    details = make_details(kind, people.business, people.university)
    return record_entry(by=by or people.hulu, region=people.regions["91.01"], details=details)


def verify(people, kind, entry):
    submit_entry(by=people.hulu, kind=kind, public_id=entry.public_id)
    review_item(by=people.reviewer, kind=ITEM, subject_id=entry.public_id, move=ReviewMove.VERIFY)


def say(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("kind", [Kind.AGREEMENT, Kind.CSR, Kind.RESEARCH])
def test_everybody_sees_what_was_verified_without_its_details(people, client, kind):
    entry = record(people, kind)
    where = f"/mitra/{SLUGS[kind]}"
    assert entry.title not in say(client.get(where))
    page = client.get(f"{where}/{entry.public_id}")
    assert page.status_code == 302 and page.url.startswith("/masuk")
    assert sign_in(people.hilir).get(f"{where}/{entry.public_id}").status_code == 404
    assert sign_in(people.hilir).get(f"/mitra/catatan/{entry.public_id}").status_code == 404
    verify(people, kind, entry)
    assert entry.title in say(client.get(where))
    assert client.get(f"/mitra/catatan/{entry.public_id}").url == f"{where}/{entry.public_id}"
    shown = say(client.get(f"{where}/{entry.public_id}"))
    assert "PT Sawit Hulu" in shown or "Universitas Anu" in shown
    for inner in ("250.000.000", "Ikan membantu", "Tambah ikan", people.hulu.username):
        assert inner not in shown
    assert "Langkah Anda" not in shown
    partners = say(client.get("/mitra"))
    assert "PT Sawit Hulu" in partners or "Universitas Anu" in partners


def test_contacts_contributions_and_reports_are_not_public(people, client):
    join_network(people.hulu, people.business, contact_role="Manajer kemitraan")
    record(people, Kind.CONTRIBUTION)
    report = hand_in(people.partner, people.business, LAST)
    for path in ("/mitra/kontribusi", "/mitra/laporan", f"/mitra/laporan/{report.public_id}"):
        assert client.get(path).url.startswith("/masuk")
        assert (
            sign_in(make_user(f"pengajar{len(path)}", role="TEACHER", region=people.regions["91"]))
            .get(path)
            .status_code
            == 404
        )
    place = f"/mitra/{people.business.pk}"
    for page in (client.get(place), client.get("/mitra/jejaring")):
        assert "PT Sawit Hulu" in say(page)
        assert "Manajer kemitraan" not in say(page)
        assert "Makanan tambahan" not in say(page)
    inside = say(sign_in(people.reader).get(place))
    assert "Manajer kemitraan" in inside and "Makanan tambahan" in inside and report.receipt in inside
    for number in (0, 10**20):
        assert client.get(f"/mitra/{number}").status_code == 404
        assert sign_in(people.hulu).post(f"/mitra/jejaring/{number}/akhiri").status_code == 404
    assert client.get("/mitra?cari=%00&jenis=x&wilayah=%27&halaman=-1").status_code == 200


FORMS = {
    Kind.AGREEMENT: {
        "form": "PKS", "number": "7/PKS", "title": "Air bersih", "signed_on": "2026-03-01",
        "valid_from": "2026-03-01", "valid_until": "2027-03-01", "parties": ["business", "university"],
    },
    Kind.CSR: {
        "partner": "business", "title": "Telur", "field": "NUTRITION", "year": "2026", "state": "RUNNING",
        "places": ["91.01.01"], "pledged_idr": "1000000",
    },
    Kind.RESEARCH: {
        "form": "STUDY", "title": "Ikan", "lead": "university", "institutions": ["business"], "year": "2026",
        "indicator": "stunting",
    },
    Kind.CONTRIBUTION: {
        "institution": "business", "form": "GOODS", "given_on": "2026-04-01", "description": "20 timbangan",
        "purpose": "Posyandu",
    },
}  # fmt: skip
MODELS = {
    Kind.AGREEMENT: Agreement, Kind.CSR: CsrProgramme, Kind.RESEARCH: Research, Kind.CONTRIBUTION: Contribution,
}  # fmt: skip


def fill(people, kind, **more):
    """The form's values, names of institutions and regions as their numbers."""

    def find(value):
        if isinstance(value, list):
            return [find(one) for one in value]
        if value in ("business", "university"):
            return getattr(people, value).pk
        return people.regions[value].pk if value in people.regions else value

    return {name: find(value) for name, value in {**FORMS[kind], **more}.items()}


@pytest.mark.parametrize("kind", FORMS)
def test_recorded_and_changed_by_form(people, kind):
    inside, where = sign_in(people.hulu), f"/mitra/{SLUGS[kind]}"
    page = inside.get(f"{where}/baru")
    key = page.context["form"].initial["public_id"]
    sent = fill(people, kind, region="91.01", public_id=str(key))
    for _ in range(2):  # sent twice, recorded once
        answer = inside.post(f"{where}/baru", sent)
        assert answer.url == f"{where}/{key}", say(answer)
    entry = MODELS[kind].objects.get()
    assert entry.recorded_by == people.hulu
    shown = say(inside.get(f"{where}/{key}"))
    assert "Langkah Anda" in shown and "Ubah" in shown
    form = inside.get(f"{where}/{key}/ubah")
    assert form.status_code == 200
    changed = fill(people, kind, **{"purpose" if kind == Kind.CONTRIBUTION else "title": "Lain"})
    assert inside.post(f"{where}/{key}/ubah", changed).url == f"{where}/{key}"
    entry.refresh_from_db()
    assert entry.title == "Lain"
    wrong = inside.post(f"{where}/{key}/ubah", {**changed, "title": "", "purpose": ""})
    assert wrong.status_code == 422


def test_saving_again_loses_no_party_and_no_place(people):
    """Whoever changes a record may not choose all that it names, but keeps it."""
    office = make_institution(people.regions["91.01"], "Dinas Kesehatan Hulu", InstitutionKind.OPD)
    far = make_institution(people.regions["91"], "Bapperida Anu", InstitutionKind.OPD)
    hulu, kecamatan = people.regions["91.01"], people.regions["91.01.01"]
    signed = make_agreement_details(people.business, office, far)
    programme = make_csr_details(people.business, places=(kecamatan.pk,))
    for client in (sign_in(people.officer), sign_in(people.hulu)):
        Agreement.objects.all().delete()
        CsrProgramme.objects.all().delete()
        for details, slug, links in ((signed, "perjanjian", "parties"), (programme, "program", "places")):
            entry = record_entry(by=people.officer, region=hulu, details=details)
            address = f"/mitra/{slug}/{entry.public_id}/ubah"
            form = client.get(address).context["form"]
            sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
            assert client.post(address, {**sent, "title": "Lain"}).status_code == 302
            kept = set(getattr(entry, links).values_list("pk", flat=True))
            assert kept == set(details.parties if slug == "perjanjian" else details.places)


def test_the_way_through_review(people):
    writer, reviewer = sign_in(people.hulu), sign_in(people.reviewer)
    entry = record(people, Kind.CSR)
    where = f"/mitra/program/{entry.public_id}"
    assert "Setujui" not in say(reviewer.get(where))
    writer.post(f"{where}/langkah", {"langkah": "ajukan"})
    assert sign_in(people.reader).post(f"{where}/langkah", {"langkah": "verify"}).status_code == 404
    assert "Setujui" in say(reviewer.get(where))
    assert writer.get(f"{where}/ubah").status_code == 200
    refused = writer.post(f"{where}/ubah", fill(people, Kind.CSR))
    assert refused.status_code == 422 and "sedang diperiksa" in say(refused)
    reviewer.post(f"{where}/langkah", {"langkah": "return", "alasan": "Nilainya belum ada."})
    assert "Nilainya belum ada." in say(writer.get(where))
    writer.post(f"{where}/langkah", {"langkah": "ajukan"})
    answer = reviewer.post(f"{where}/langkah", {"langkah": "verify"}, follow=True)
    assert "Terverifikasi" in say(answer)
    late = writer.post(f"{where}/langkah", {"langkah": "tarik"}, follow=True)
    assert "tidak dapat dilakukan lagi" in say(late)


def test_a_mistake_goes_with_its_reason(people):
    writer, entry = sign_in(people.hulu), record(people, Kind.CSR)
    where = f"/mitra/program/{entry.public_id}"
    assert "alasan" in say(writer.post(f"{where}/langkah", {"langkah": "hapus"}, follow=True))
    assert writer.post(f"{where}/langkah", {"langkah": "hapus", "alasan": "ganda"}).url == "/mitra/program"
    assert writer.get(where).status_code == 404


def test_a_partner_writes_its_contributions_and_its_report(people):
    mine = sign_in(people.partner)
    other = make_institution(people.regions["91.01"], "PT Lain")
    assert mine.get("/mitra/perjanjian/baru").status_code == 404
    page = mine.get("/mitra/kontribusi/baru")
    assert "PT Sawit Hulu" in say(page) and "PT Lain" not in say(page)
    sent = fill(people, Kind.CONTRIBUTION, region="91.01")
    assert mine.post("/mitra/kontribusi/baru", {**sent, "institution": other.pk}).status_code == 422
    assert mine.post("/mitra/kontribusi/baru", sent).status_code == 302
    begun = mine.post("/mitra/laporan", {"semester": "2026-1", "institution": people.business.pk})
    report = PartnerReport.objects.get()
    assert begun.url == f"/mitra/laporan/{report.public_id}/ubah"
    assert sign_in(people.reader).get(f"/mitra/laporan/{report.public_id}").status_code == 404  # not handed in yet
    unfinished = mine.post(begun.url, {"summary": "Kami membagikan telur.", "langkah": "kirim"})
    assert unfinished.status_code == 422 and "bagian ini kosong" in say(unfinished)
    report.refresh_from_db()
    assert report.sections["summary"] == "Kami membagikan telur."  # what was written is not lost
    assert mine.post(begun.url, {**TEXTS, "langkah": "simpan"}).status_code == 302
    assert mine.post(begun.url, {**TEXTS, "langkah": "kirim"}).status_code == 302
    report.refresh_from_db()
    shown = say(mine.get(f"/mitra/laporan/{report.public_id}"))
    assert report.receipt in shown and "Dibekukan" in shown
    assert sign_in(people.reader).get(f"/mitra/laporan/{report.public_id}").status_code == 200
    assert mine.get(f"/mitra/laporan/{report.public_id}/ubah").status_code == 200
    assert mine.post(begun.url, TEXTS | {"advice": "x"}).status_code == 422
    assert mine.post("/mitra/laporan", {"semester": "2026-1", "institution": other.pk}).status_code == 422


def test_the_board_says_who_is_late(people):
    join_network(people.hulu, people.business)
    page = say(sign_in(people.hulu).get("/mitra/laporan?semester=2026-1"))
    assert "0 dari 1 laporan sudah masuk, 1 terlambat" in page and "31 Juli 2026" in page
    assert "PT Sawit Hulu" not in say(sign_in(people.hilir).get("/mitra/laporan?semester=2026-1"))


def test_members_by_form(people):
    inside = sign_in(people.hulu)
    sent = {"region": people.regions["91.01"].pk, "code": "BUSINESS", "institution": people.business.pk}
    assert sign_in(people.reader).post("/mitra/jejaring", sent).status_code == 404
    assert inside.post("/mitra/jejaring", {**sent, "since": "2025-01-01", "contact_role": "0812"}).status_code == 422
    assert inside.post("/mitra/jejaring", {**sent, "since": "2025-01-01"}).url == "/mitra/jejaring"
    held = Membership.objects.get()
    assert sign_in(people.hilir).post(f"/mitra/jejaring/{held.pk}/akhiri").status_code == 404
    inside.post(f"/mitra/jejaring/{held.pk}/akhiri")
    held.refresh_from_db()
    assert held.until is not None


def test_ending_agreements_stand_first(people, monkeypatch):
    from tumbuh.web.partners import entries

    soon, later = date(2026, 12, 1), date(2027, 12, 1)
    for number, until in (("1", soon), ("2", later)):
        details = make_agreement_details(people.business, people.university, number=number, valid_until=until)
        record_entry(by=people.hulu, region=people.regions["91.01"], details=details)
    monkeypatch.setattr(entries.timezone, "localdate", lambda: date(2026, 11, 24))
    page = sign_in(people.hulu).get("/mitra/perjanjian")
    assert [row["until"] for row in page.context["ending"]] == [soon]
    assert "berakhir 1 Desember 2026" in say(page)


def test_lists_are_narrowed(people):
    for number in range(3):
        details = make_csr_details(people.business, title=f"Program {number}", year=2024 + number)
        record_entry(by=people.hulu, region=people.regions["91.01"], details=details)
    inside = sign_in(people.hulu)
    for query, many in (("", 3), ("?tahun=2025", 1), ("?cari=program+2", 1), ("?bentuk=WATER", 0), ("?tahun=x", 3)):
        assert inside.get(f"/mitra/program{query}").context["page"].paginator.count == many, query
    for query, many in (
        ("", 1),
        ("?cari=sawit", 1),
        ("?jenis=MEDIA", 0),
        ("?wilayah=91.02", 0),
        ("?jejaring=MEDIA", 0),
    ):
        assert inside.get(f"/mitra{query}").context["page"].paginator.count == many, query


def fill_shelves(people, many):
    """`many` of everything, by and for several institutions."""
    hulu = people.regions["91.01"]
    for number in range(many):
        name = f"{many}-{number}"
        business = make_institution(hulu, f"PT {name}")
        join_network(people.hulu, business, contact_role="Humas")
        for details in (
            make_agreement_details(people.business, business, number=name, title=name, valid_until=date(2026, 12, 9)),
            make_csr_details(people.business, title=name, places=(people.regions["91.01.01"].pk,)),
            make_research_details(people.university, title=name, institutions=(people.business.pk, business.pk)),
            make_contribution_details(people.business, purpose=name),
        ):
            record_entry(by=people.hulu, region=hulu, details=details)
        hand_in(people.hulu, business, LAST)
    begin_report(by=people.hulu, institution=people.business, semester=LAST)


def list_pages(people):
    """One page of each kind."""
    report = PartnerReport.objects.filter(submitted_at__isnull=False).first()
    pages = ["/mitra", f"/mitra/{people.business.pk}", "/mitra/jejaring", "/mitra/laporan?semester=2026-1"]
    pages += [f"/mitra/laporan/{report.public_id}", f"/mitra/laporan/{report.public_id}/ubah"]
    for kind, slug in SLUGS.items():
        key = MODELS[kind].objects.first().public_id
        pages += [f"/mitra/{slug}{rest}" for rest in ("", "/baru", f"/{key}", f"/{key}/ubah")]
    return pages


def count(client, path):
    client.get(path)  # what is asked for once and kept is not counted
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200, path
    return sum("SAVEPOINT" not in query["sql"] for query in queries)


def test_queries_do_not_grow(people):
    """At most twelve a page, and as many for five of everything as for two."""
    inside = sign_in(people.hulu)
    fill_shelves(people, 2)
    few = {path: count(inside, path) for path in list_pages(people)}
    fill_shelves(people, 5)
    many = {path: count(inside, path) for path in few}
    assert many == few
    assert {path: number for path, number in many.items() if number > 12} == {}


def test_pages_speak_english_too(people):
    inside = sign_in(people.hulu)
    fill_shelves(people, 1)
    inside.cookies["django_language"] = "en"
    for path in list_pages(people):
        page = say(inside.get(path))
        assert '<html lang="en">' in page
        for word in ("Belum", "Jejaring", "Simpan", "Perjanjian yang", "Dunia usaha", "Laporan mitra"):
            assert word not in page, (path, word)
