"""Reading a regulation folder from disk."""

from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from tumbuh.programme.errors import RegulationFolderError
from tumbuh.programme.rules import Bundle, Fault, list_faults, read_as
from tumbuh.programme.rules.documents import (
    ArticleFile,
    DutyFile,
    EvidenceFile,
    InstitutionFile,
    NoteFile,
    PillarEntry,
    PrevalenceFile,
    RegulationEntry,
)

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same safe reading, in C where it is there


def read_folder(folder: Path) -> Bundle:
    """The folder, read and checked; raises RegulationFolderError with every fault in it."""
    faults: list[Fault] = []
    if not folder.is_dir():
        fault = Fault(str(folder), "", _("Folder ini tidak ada. Tulis alamat folder peraturan yang benar."))
        raise RegulationFolderError(folder.name, [fault])
    regulation = read_file(folder, "regulation.yaml", RegulationEntry, faults)
    prevalence = read_file(folder, "targets.yaml", PrevalenceFile, faults)
    articles = read_file(folder, "articles.yaml", ArticleFile, faults)
    institutions = read_file(folder, "institutions.yaml", InstitutionFile, faults)
    notes = read_file(folder, "interpretations.yaml", NoteFile, faults)
    evidence = read_if_there(folder, "evidence.yaml", EvidenceFile, faults) or EvidenceFile([])
    duties = read_if_there(folder, "duties.yaml", DutyFile, faults) or DutyFile([])
    pillars = read_pillars(folder, faults)
    if faults:
        raise RegulationFolderError(folder.name, faults)
    bundle = Bundle(
        regulation=regulation,
        prevalence=prevalence,
        articles=articles.articles,
        pillars=pillars,
        institutions=institutions.institutions,
        names=institutions.names,
        notes=notes.interpretations,
        evidence=evidence.evidence,
        duties=duties.duties,
        clauses=duties.clauses,
    )
    if faults := list_faults(bundle):
        raise RegulationFolderError(folder.name, faults)
    return bundle


def read_pillars(folder: Path, faults: list[Fault]) -> list[PillarEntry]:
    """The files in `pillars/`, sorted by the pillar's number."""
    names = sorted(f"pillars/{path.name}" for path in (folder / "pillars").glob("*.yaml"))
    if not names:
        faults.append(Fault("pillars", "", _("Belum ada pilar. Buat satu berkas untuk setiap pilar, misalnya 1.yaml.")))
    pillars = [read_file(folder, name, PillarEntry, faults) for name in names]
    return sorted((pillar for pillar in pillars if pillar is not None), key=lambda pillar: pillar.number)


def read_if_there(folder: Path, name: str, entry: type, faults: list[Fault]) -> Any:
    """As `read_file`; None when the folder does without this file."""
    return read_file(folder, name, entry, faults) if (folder / name).exists() else None


def read_file(folder: Path, name: str, entry: type, faults: list[Fault]) -> Any:
    """One file as its dataclass, or None with the faults added."""
    try:
        text = (folder / name).read_text(encoding="utf-8")
        return read_as(entry, yaml.load(text, LOADER), name, faults)  # noqa: S506  a safe loader
    except FileNotFoundError:
        faults.append(Fault(name, "", _("Berkas ini tidak ada. Buat berkas ini di dalam folder peraturan.")))
    except UnicodeDecodeError:
        faults.append(Fault(name, "", _("Berkas ini bukan teks UTF-8. Simpan ulang sebagai UTF-8.")))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = _("baris %(line)d") % {"line": mark.line + 1} if mark else ""
        faults.append(Fault(name, place, _("Bukan YAML yang benar. Periksa lekukan dan tanda kutip di sini.")))
    return None
