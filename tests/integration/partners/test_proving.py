"""What partners do moves the outputs that ask for it, once the level above has verified it."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.partners import TEXTS, join_network, make_details
from tests.factories.programme import load_here
from tumbuh.partners.api import Kind, get_semester, record_entry
from tumbuh.partners.models import Network, PartnerReport
from tumbuh.programme.api import Obligation

THIS_YEAR = timezone.localdate().year
OUTPUTS = {Kind.AGREEMENT: "P3.S4.I3.K1", Kind.CSR: "P3.S4.I4.K1", Kind.RESEARCH: "P4.S3.I5.K1"}
SLUGS = {Kind.AGREEMENT: "perjanjian", Kind.CSR: "program", Kind.RESEARCH: "riset"}


@pytest.fixture
def regulation(people):
    return load_here()


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


def find(regulation, people, code: str) -> Obligation:
    """What the province owes of the output this year."""
    owed = Obligation.objects.filter(regulation=regulation, region=people.regions["91"], year=THIS_YEAR)
    return owed.get(key__startswith=f"{code}/")


@pytest.mark.parametrize("kind", OUTPUTS)
def test_verified_it_meets_the_output(people, regulation, kind):
    details = make_details(kind, people.business, people.university)
    entry = record_entry(by=people.officer, region=people.regions["91"], details=details)
    address = f"/mitra/{SLUGS[kind]}/{entry.public_id}"
    writer, reviewer = sign_in(people.officer), sign_in(people.reviewer)
    assert find(regulation, people, OUTPUTS[kind]).proofs == 0
    writer.post(f"{address}/langkah", {"langkah": "ajukan"})
    owed = find(regulation, people, OUTPUTS[kind])
    assert (owed.achieved, owed.waiting) == (0, 1)
    queue = reviewer.get("/bukti").content.decode()
    assert entry.title in queue and f"/mitra/catatan/{entry.public_id}" in queue
    reviewer.post(f"{address}/langkah", {"langkah": "verify"})
    owed = find(regulation, people, OUTPUTS[kind])
    assert (owed.achieved, owed.waiting) == (1, 0)
    assert entry.title in reviewer.get(f"/program/keluaran/{OUTPUTS[kind]}").content.decode()
    reviewer.post(f"{address}/langkah", {"langkah": "unapprove", "alasan": "tanpa tanda tangan"})
    assert find(regulation, people, OUTPUTS[kind]).achieved == 0


def test_a_report_makes_the_networks_of_the_province_active(people, regulation):
    join_network(people.officer, people.university, "ACADEMIA")
    writer, reviewer = sign_in(people.officer), sign_in(people.reviewer)
    semester = get_semester(timezone.localdate())
    sent = {"semester": f"{semester.year}-{semester.half}", "institution": people.university.pk}
    address = writer.post("/mitra/laporan", sent).url
    writer.post(address, {**TEXTS, "langkah": "kirim"})
    owed = find(regulation, people, "P3.S4.I1.K1")
    assert (owed.achieved, owed.waiting) == (0, 1)
    report = PartnerReport.objects.get()
    assert "Universitas Anu" in reviewer.get("/bukti").content.decode()
    reviewer.post(f"/mitra/laporan/{report.public_id}/langkah", {"langkah": "verify"})
    assert find(regulation, people, "P3.S4.I1.K1").achieved == 1
    page = reviewer.get("/program/keluaran/P3.S4.I1.K1").content.decode()
    network = Network.objects.get()
    assert f"/mitra/catatan/{network.public_id}" in page
    assert Client().get(f"/mitra/catatan/{network.public_id}").url == "/mitra/jejaring"
