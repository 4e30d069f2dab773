"""What must hold of evidence and duties in a regulation folder."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tumbuh.programme.rules.documents import Bundle, DutyEntry, EvidenceEntry
from tumbuh.programme.rules.reading import Fault


def list_evidence_faults(bundle: Bundle) -> Iterator[Fault]:
    """Entries for outputs or parts that do not exist, for the same part twice, and entries that name no evidence."""
    outputs = {output.id: output for output in bundle.outputs}
    covered: Counter[tuple[str, int]] = Counter()
    for entry in bundle.evidence:
        if entry.output not in outputs:
            yield Fault("evidence.yaml", entry.output, _("Keluaran ini tidak ada dalam peraturan. Perbaiki kodenya."))
            continue
        parts = range(1, len(outputs[entry.output].targets) + 1)
        for part in {*entry.targets, *entry.left_out} - set(parts):
            message = _("Bagian target ke-%(part)d tidak ada. Perbaiki nomornya.")
            yield Fault("evidence.yaml", entry.output, message % {"part": part})
        covered.update((entry.output, part) for part in entry.targets or parts)
        if not names_evidence(entry):
            message = _("Tulis jenis dokumen, kegiatan, mitra, atau sistem yang membuktikannya.")
            yield Fault("evidence.yaml", entry.output, message)
        if entry.counted_with and not is_pair(bundle, entry):
            message = _("“%(code)s” bukan keluaran bertanda bintang yang lain. Perbaiki kodenya.")
            yield Fault("evidence.yaml", entry.output, message % {"code": entry.counted_with})
    for (code, part), times in covered.items():
        if times > 1:
            message = _("Bagian target ke-%(part)d tertulis %(times)d kali. Hapus salah satunya.")
            yield Fault("evidence.yaml", code, message % {"part": part, "times": times})


def names_evidence(entry: EvidenceEntry | DutyEntry) -> bool:
    has_checklist = isinstance(entry, DutyEntry) and bool(entry.convergence)
    return has_checklist or bool(entry.documents or entry.activities or entry.partners or entry.system)


def is_pair(bundle: Bundle, entry: EvidenceEntry) -> bool:
    """Both are starred outputs, and not the same one."""
    starred = {output.id for output in bundle.outputs if output.starred_in}
    return entry.output != entry.counted_with and {entry.output, entry.counted_with} <= starred


def list_duty_faults(bundle: Bundle) -> Iterator[Fault]:
    """Duties of unknown articles and institutions, twice, outside the term or without evidence; clauses unknown."""
    articles = {article.id for article in bundle.articles}
    institutions = {institution.code for institution in bundle.institutions}
    term = range(bundle.regulation.first_year, bundle.regulation.last_year + 1)
    times = Counter(duty.id for duty in bundle.duties)
    for duty in bundle.duties:
        for is_wrong, message in (
            (times[duty.id] > 1, _("Kode ini tertulis lebih dari sekali. Beri kode lain.")),
            (duty.article not in articles, _("Pasalnya tidak ada dalam articles.yaml. Perbaiki kodenya.")),
            (not set(duty.institutions) <= institutions, _("Instansinya tidak ada dalam institutions.yaml.")),
            (not set(duty.years) <= set(term), _("Ada tahun di luar masa peraturan. Perbaiki.")),
            (
                not (names_evidence(duty) or duty.indicator),
                _("Tulis apa yang membuktikan kewajiban ini."),
            ),
        ):
            if is_wrong:
                yield Fault("duties.yaml", duty.id, message)
    known = [*times, *(output.id for output in bundle.outputs)]
    for clause in bundle.clauses:
        if clause.article not in articles:
            yield Fault("duties.yaml", clause.article, _("Pasalnya tidak ada dalam articles.yaml. Perbaiki kodenya."))
        for code in clause.shown_by:
            if not any(each == code or each.startswith(f"{code}.") for each in known):
                message = _("“%(code)s” tidak ada dalam peraturan ini. Perbaiki kodenya.")
                yield Fault("duties.yaml", clause.article, message % {"code": code})
