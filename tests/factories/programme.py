"""A small regulation in a folder, and the real ones loaded."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from tumbuh.accounts.api import User
from tumbuh.audit.api import SYSTEM
from tumbuh.documents.api import Document
from tumbuh.programme.api import (
    Duty,
    Interpretation,
    Obligation,
    Regulation,
    expand_obligations,
    load_regulation,
)
from tumbuh.regions.api import Region

NOTE = "tidak-jelas"
BENGKULU = settings.REGULATIONS / "bengkulu-2025-45"

SMALL: dict[str, Any] = {
    "regulation.yaml": {
        "code": "anu-2026-7",
        "type": "Peraturan Gubernur",
        "number": "7",
        "year": 2026,
        "title": "Penurunan Stunting",
        "title_en": "Reducing stunting",
        "issuer": "Gubernur Anu",
        "province_code": "91",
        "enacted_on": "2026-01-05",
        "promulgated_on": "2026-01-05",
        "valid_from": "2026-01-05",
        "first_year": 2026,
        "last_year": 2028,
        "chapters": [{"number": "I", "title": "UMUM", "first": 1, "last": 2}],
    },
    "targets.yaml": {"indicator": "stunting", "targets": [{"year": 2026, "article": "PS1", "percent": "20.5"}]},
    "articles.yaml": {
        "articles": [
            {"id": "PS1", "number": 1, "kind": "TARGET", "text": "Target 20,5%."},
            {"id": "PS2", "number": 2, "kind": "REPORT", "text": "Dinas melapor.", "institutions": ["dinas"]},
        ]
    },
    "institutions.yaml": {
        "institutions": [{"code": "dinas", "name": "Dinas", "kind": "AGENCY", "level": "provinsi"}],
        "names": [{"text": "Dinas Anu", "means": ["dinas"]}],
    },
    "interpretations.yaml": {
        "interpretations": [
            {
                "id": "unclear",
                "kind": "TARGET",
                "about": ["P1.S1.I1.K1", "document"],
                "question": "Kurang jelas.",
                "question_en": "Unclear.",
                "reading": "Satu.",
                "reading_en": "One.",
            }
        ]
    },
    "pillars/1.yaml": {
        "number": 1,
        "title": "Komitmen",
        "strategies": [
            {
                "id": "P1.S1",
                "text": "Mendorong",
                "instruments": [
                    {
                        "id": "P1.S1.I1",
                        "text": "Rapat",
                        "outputs": [
                            {
                                "id": "P1.S1.I1.K1",
                                "text": "Terselenggaranya rapat",
                                "target_raw": "2026: 1 rapat",
                                "targets": [{"years": [2026], "quantity": 1, "unit": "rapat", "frequency": "sekali"}],
                                "responsible": ["Dinas Anu"],
                                "supporting": [],
                                "involvement_raw": "Penanggung Jawab: Dinas Anu",
                                "source": "Lampiran",
                            }
                        ],
                    }
                ],
            }
        ],
    },
}


def write_folder(folder: Path, files: dict[str, Any]) -> Path:
    """The files as YAML in the folder, which is returned; text is written as it is, dates unquoted."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        for field in ("enacted_on", "promulgated_on", "valid_from", "valid_to"):
            text = text.replace(f"{field}: '", f"{field}: ").replace("-05'\n", "-05\n")
        path.write_text(text, encoding="utf-8")
    return folder


def load_bengkulu() -> Regulation:
    return load_regulation(by=SYSTEM, folder=BENGKULU).regulation


def load_here(province: str = "91") -> Regulation:
    """The regulation of Bengkulu as if it were that province's, with its obligations."""
    regulation = load_bengkulu()
    Regulation.objects.filter(pk=regulation.pk).update(province_code=province)
    regulation.refresh_from_db()
    expand_obligations(by=SYSTEM, regulation=regulation)
    return regulation


def make_note(regulation: Regulation) -> Interpretation:
    """A doubt about the text as a whole."""
    words = ("question", "question_en", "reading", "reading_en")
    return Interpretation.objects.create(
        regulation=regulation, code=NOTE, position=1, kind="TARGET", **dict.fromkeys(words, "Tidak jelas.")
    )


def make_duty(regulation: Regulation) -> Duty:
    """One report a year of each desa."""
    return Duty.objects.create(
        regulation=regulation, article=regulation.articles.get(), code="PS3.uji", position=1, text="Desa melapor",
        text_en="The desa reports", years=[2026], quantity=1, unit="laporan", per="DESA", frequency="YEARLY",
        evidence={"documents": ["LAPORAN"]},
    )  # fmt: skip


def make_obligation(duty: Duty, region: Region) -> Obligation:
    """The duty as one region owes it in 2026."""
    return Obligation.objects.create(
        regulation=duty.regulation, duty=duty, key=f"{duty.code}/1/2026/{region.pk}", code=duty.code, part=1, year=2026,
        starts=2026, due_on=date(2026, 12, 31), region=region, measure="COUNT", quantity=1, unit="laporan",
        achieved=Decimal(0),
    )  # fmt: skip


def make_evidence(by: User, region: Region, **more: Any) -> Document:
    """A document of the region, without a file, not published."""
    values = {"kind": "LAPORAN", "title": f"Laporan {region.code}", "year": 2026, **more}
    return Document.objects.create(uploaded_by=by, region=region, sha256=f"{region.pk:064d}", **values)


def make_checklist_duty(regulation: Regulation, year: int) -> Duty:
    """One supporting convergence action of each kabupaten/kota in that year."""
    return Duty.objects.create(
        regulation=regulation, article=regulation.articles.get(), code="PS3.konvergensi", position=2, text="Aksi",
        text_en="Actions", years=[year], quantity=1, unit="aksi", per="KABUPATEN", frequency="YEARLY",
        evidence={"convergence": ["REGULATION", "PUBLICATION"]},
    )  # fmt: skip
