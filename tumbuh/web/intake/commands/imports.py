"""What `tumbuh import …` does: the same actions as the pages, run at once."""

import json
import sys
from argparse import Namespace
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

from django.core.management.base import CommandError

from tumbuh.accounts.api import User, find_user
from tumbuh.intake.api import (
    EPPGBM,
    FileRefusedError,
    Import,
    IntakeError,
    Outcome,
    State,
    cancel_import,
    check_import,
    commit_import,
    confirm_columns,
    create_import,
    get_import,
    list_imports,
    list_results,
    read_blocks,
    read_import,
    start_commit,
    start_undo,
    undo_import,
)
from tumbuh.regions.api import find_region


def get_user(name: str) -> User:
    user = find_user(name)
    if user is None:
        raise CommandError(f"Akun “{name}” tidak ada atau tidak aktif. Periksa ejaannya.")
    return user


def take_files(options: Namespace, out: TextIO) -> bool:
    """Import each file in turn; False when one was refused as a whole."""
    user = get_user(options.user)
    rows: list[dict[str, Any]] = []
    errors: list[dict[str, str]] = []
    imports: list[dict[str, Any]] = []
    for name in options.files:
        try:
            taken = take_file(user, Path(name), dry_run=options.dry_run, **read_choices(options))
        except IntakeError as error:
            errors.append({"file": name, "code": error.code, "message": str(error)})
            continue
        except OSError as error:
            message = f"Berkas “{name}” tidak dapat dibuka ({error.strerror}). Periksa letaknya."
            errors.append({"file": name, "code": "FILE_UNREADABLE", "message": message})
            continue
        rows += list_results(taken, name)
        imports.append({"file": name, "id": str(taken.pk), "state": taken.state, "counts": taken.counts})
        if options.dry_run:
            cancel_import(by=user, import_id=taken.pk)
    report = {"counts": count(rows), "rows": rows, "errors": errors, "imports": imports}
    write_report(report, out, as_json=options.json, dry_run=options.dry_run)
    return not errors


def read_choices(options: Namespace) -> dict[str, Any]:
    """What is said once for a list: its kind, month and desa."""
    if not hasattr(options, "kind"):
        return {}
    found: dict[str, Any] = {"source": options.kind}
    if options.month:
        found["month"] = read_month(options.month)
    if options.desa:
        region = find_region(options.desa)
        if region is None:
            raise CommandError(f"Desa “{options.desa}” tidak ada. Periksa kodenya, misalnya 17.01.01.2001.")
        found["desa_id"] = region.pk
    return found


def read_month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise CommandError(f"Bulan “{text}” tidak terbaca. Tulis seperti 2026-03.") from error


def take_file(user: User, path: Path, *, dry_run: bool, source: str = EPPGBM, **defaults: Any) -> Import:
    """The import as far as asked; FileRefusedError when it was refused."""
    taken = create_import(by=user, blocks=read_blocks(path), file_name=path.name, source=source)
    try:
        read_import(import_id=taken.pk)
        check_refused(taken)
        confirm_columns(by=user, import_id=taken.pk, **defaults)
        check_import(import_id=taken.pk)
        check_refused(taken)
        if not dry_run:
            start_commit(by=user, import_id=taken.pk)
            commit_import(import_id=taken.pk)
            check_refused(taken)
    except FileRefusedError:
        taken.refresh_from_db()
        if taken.state == State.CONFIRM:
            cancel_import(by=user, import_id=taken.pk)
        raise
    return taken


def check_refused(taken: Import) -> None:
    taken.refresh_from_db()
    if taken.error_code:
        raise FileRefusedError(taken.error_code, taken.error_message)


def count(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Rows by outcome, every outcome named."""
    return dict.fromkeys(Outcome.values, 0) | dict(Counter(row["outcome"] for row in rows))


def write_report(report: dict[str, Any], out: TextIO, *, as_json: bool, dry_run: bool) -> None:
    """JSON, or a summary in sentences; refusals of whole files go to stderr too."""
    if as_json:
        out.write(json.dumps(report, ensure_ascii=False))
    else:
        labels = dict(Outcome.choices)
        out.write("Diperiksa saja, tidak ada yang disimpan." if dry_run else "Selesai.")
        out.write(", ".join(f"{labels[code]}: {number}" for code, number in report["counts"].items()))
        for row in report["rows"]:
            if row["outcome"] in {Outcome.REFUSED, Outcome.NEEDS_REVIEW}:
                messages = " ".join(f"[{reason['column']}] {reason['message']}" for reason in row["reasons"])
                out.write(f"{row['file']} · {row['sheet']} baris {row['row']}: {labels[row['outcome']]}. {messages}")
    for error in report["errors"]:
        sys.stderr.write(f"{error['file']}: {error['message']}\n")


def take_back(options: Namespace, out: TextIO) -> bool:
    """Undo an import; says what had to stay."""
    user = get_user(options.user)
    try:
        taken = get_import(user, UUID(options.id))
    except (Import.DoesNotExist, ValueError) as error:
        raise CommandError(f"Impor “{options.id}” tidak ditemukan. Lihat nomornya: tumbuh import list.") from error
    start_undo(by=user, import_id=taken.pk, reason=options.reason)
    undo_import(import_id=taken.pk)
    taken.refresh_from_db()
    done = taken.counts["undone"]
    if options.json:
        out.write(json.dumps({"id": str(taken.pk), **done}, ensure_ascii=False))
        return True
    out.write(
        f"Dibatalkan: {done['removed']} pengukuran dan {done['children_removed']} anak dihapus, "
        f"{done['restored']} pengukuran dikembalikan, {done['kept']} tetap karena dipakai data yang lebih baru."
    )
    for kept in done["kept_rows"]:
        out.write(f"Tetap: {kept['sheet']} baris {kept['row']}, dipakai impor “{kept['because']}”.")
    return True


def list_all(options: Namespace, out: TextIO) -> bool:
    """The imports that the user may see, the newest first."""
    found = [
        {"id": str(taken.pk), "file": taken.file_name, "state": taken.state, "by": taken.by.username,
         "uploaded_at": taken.uploaded_at.isoformat(), "rows": taken.counts.get("rows")}
        for taken in list_imports(get_user(options.user))
    ]  # fmt: skip
    if options.json:
        out.write(json.dumps(found, ensure_ascii=False))
    for taken in [] if options.json else found:
        out.write(f"{taken['id']}  {State(taken['state']).label:<24} {taken['uploaded_at'][:16]}  {taken['file']}")
    return True
