"""What must hold across the files of a regulation folder."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tumbuh.programme.rules.documents import Bundle, TargetEntry
from tumbuh.programme.rules.duty_checks import list_duty_faults, list_evidence_faults
from tumbuh.programme.rules.reading import Fault

WHOLE_TEXT = "document"
STAR_PLACES = {"instrument", "output", "target"}


def list_faults(bundle: Bundle) -> list[Fault]:
    """Every contradiction inside the folder; an empty list when it can be loaded."""
    return [
        *list_repeated(bundle),
        *list_misplaced_ids(bundle),
        *list_unknown_names(bundle),
        *list_unknown_references(bundle),
        *list_wrong_years(bundle),
        *list_wrong_chapters(bundle),
        *list_wrong_stars(bundle),
        *list_evidence_faults(bundle),
        *list_duty_faults(bundle),
    ]


def list_repeated(bundle: Bundle) -> Iterator[Fault]:
    """Ids that must be unique."""
    groups: dict[str, Iterable[object]] = {
        "articles.yaml": (article.id for article in bundle.articles),
        "pillars": (output.id for output in bundle.outputs),
        "institutions.yaml": (institution.code for institution in bundle.institutions),
        "institutions.yaml: names": (name.text for name in bundle.names),
        "interpretations.yaml": (note.id for note in bundle.notes),
        "targets.yaml": (target.year for target in bundle.prevalence.targets),
        "pillars: number": (pillar.number for pillar in bundle.pillars),
    }
    for file, ids in groups.items():
        for key, times in Counter(ids).items():
            if times > 1:
                yield Fault(file, str(key), _("Tertulis %(times)d kali. Hapus atau beri nama lain.") % {"times": times})


def list_misplaced_ids(bundle: Bundle) -> Iterator[Fault]:
    """An id begins with the id of what it stands in: P1 → P1.S2 → P1.S2.I3 → P1.S2.I3.K1."""
    for pillar in bundle.pillars:
        for strategy in pillar.strategies:
            pairs = [(f"P{pillar.number}", strategy.id)]
            for instrument in strategy.instruments:
                pairs.append((strategy.id, instrument.id))
                pairs += [(instrument.id, output.id) for output in instrument.outputs]
            for parent, child in pairs:
                if not child.startswith(f"{parent}."):
                    message = _("Kode ini berada di dalam %(parent)s, jadi harus diawali “%(parent)s.”.")
                    yield Fault(f"pillars/{pillar.number}.yaml", child, message % {"parent": parent})


def list_unknown_names(bundle: Bundle) -> Iterator[Fault]:
    """Institutions that are named but not listed."""
    codes = {institution.code for institution in bundle.institutions}
    names = {name.text for name in bundle.names}
    for output in bundle.outputs:
        for text in [*output.responsible, *output.supporting]:
            if text not in names:
                message = _("“%(name)s” belum ada dalam institutions.yaml. Tambahkan di bawah “names”.")
                yield Fault("pillars", output.id, message % {"name": text})
    users = [("institutions.yaml", name.text, name.means) for name in bundle.names]
    users += [("articles.yaml", article.id, article.institutions) for article in bundle.articles]
    for file, key, means in users:
        for code in means:
            if code not in codes:
                message = _("Instansi “%(code)s” tidak ada. Tambahkan di bawah “institutions” atau perbaiki kodenya.")
                yield Fault(file, key, message % {"code": code})


def list_unknown_references(bundle: Bundle) -> Iterator[Fault]:
    """Notes, targets and stated counts that point to an article or output that does not exist."""
    articles = {article.id for article in bundle.articles}
    outputs = {output.id for output in bundle.outputs}
    known = articles | outputs
    pointers = [("targets.yaml", str(target.year), target.article, articles) for target in bundle.prevalence.targets]
    pointers += [("regulation.yaml", "stated_counts", count.source, known) for count in bundle.regulation.stated_counts]
    for note in bundle.notes:
        pointers += [("interpretations.yaml", note.id, about, known | {WHOLE_TEXT}) for about in note.about]
        for other in note.alternatives:
            pointers += [("interpretations.yaml", f"{note.id}.{other.id}", about, outputs) for about in other.targets]
    for file, key, about, allowed in pointers:
        if about not in allowed:
            message = _("“%(code)s” tidak ada dalam peraturan ini. Perbaiki kodenya.")
            yield Fault(file, key, message % {"code": about})
    for note in bundle.notes:
        if not note.about:
            yield Fault("interpretations.yaml", note.id, _("Isi “about” dengan kode pasal, keluaran, atau document."))


def list_wrong_years(bundle: Bundle) -> Iterator[Fault]:
    """Years outside the regulation's term, and a term that runs backwards."""
    term = bundle.regulation
    if term.first_year > term.last_year:
        yield Fault("regulation.yaml", "last_year", _("Tahun terakhir lebih awal daripada tahun pertama. Perbaiki."))
    if term.valid_to is not None and term.valid_to < term.valid_from:
        yield Fault("regulation.yaml", "valid_to", _("Tanggal ini lebih awal daripada valid_from. Perbaiki."))
    entries = [(output.id, target) for output in bundle.outputs for target in output.targets]
    for note in bundle.notes:
        for other in note.alternatives:
            entries += [(f"{note.id}.{other.id}", target) for targets in other.targets.values() for target in targets]
    for key, target in entries:
        if fault := find_year_fault(target, term.first_year, term.last_year):
            yield Fault("pillars" if key.startswith("P") else "interpretations.yaml", key, fault)


def find_year_fault(target: TargetEntry, first: int, last: int) -> str | None:
    outside = [year for year in target.years if not first <= year <= last]
    if outside:
        places = {"year": outside[0], "first": first, "last": last}
        return _("Tahun %(year)d berada di luar masa peraturan, %(first)d–%(last)d. Perbaiki.") % places
    if len(set(target.years)) < len(target.years):
        return _("Ada tahun yang tertulis dua kali. Hapus salah satunya.")
    if target.quantity is not None and target.quantity <= 0:
        return _("Jumlah harus lebih dari nol. Hapus kunci quantity bila naskah tidak menyebut jumlah.")
    return None


def list_wrong_chapters(bundle: Bundle) -> Iterator[Fault]:
    """Each article stands in exactly one chapter."""
    for number in sorted({article.number for article in bundle.articles}):
        holding = [chapter for chapter in bundle.regulation.chapters if chapter.first <= number <= chapter.last]
        if len(holding) != 1:
            message = _("Pasal %(number)d harus berada dalam tepat satu bab. Perbaiki “first” dan “last”.")
            yield Fault("regulation.yaml", "chapters", message % {"number": number})


def list_wrong_stars(bundle: Bundle) -> Iterator[Fault]:
    for output in bundle.outputs:
        for place in set(output.starred_in) - STAR_PLACES:
            message = _("“%(value)s” tidak dikenal. Pilih salah satu dari: %(words)s.")
            yield Fault("pillars", output.id, message % {"value": place, "words": ", ".join(sorted(STAR_PLACES))})
