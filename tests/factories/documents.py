"""Documents of a region."""

from datetime import date

from tests.factories.attachments import make_pdf
from tumbuh.accounts.api import User
from tumbuh.documents.api import Details, Document, add_document
from tumbuh.regions.api import Region


def make_details(region: Region, **more) -> Details:
    """A yearly plan of a desa."""
    plain = {"kind": "RKPDES", "title": "RKPDes 2026", "number": "3/2025", "issued_on": date(2025, 9, 30), "year": 2026}
    return Details(**{**plain, "region_id": region.pk, **more})


def make_document(by: User, region: Region, *pages: str, **more) -> Document:
    """The same with a PDF of these pages; the file differs with the region."""
    file = make_pdf(*(pages or (f"Rencana kerja {region.code}",)))
    details = make_details(region, **more)
    return add_document(by=by, details=details, blocks=[file], name="rkpdes.pdf").document
