"""The files of an uploaded archive, found by name, each unfolded only when a line asks for it."""

import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from tumbuh.documents.actions.files import MAX_BYTES, Taken, examine_file
from tumbuh.documents.errors import FileError, TableError
from tumbuh.lib.attachments.api import AttachmentError, ErrorCode, Examiner, clean_text

MOST_FILES = 1_000
BLOCK = 1 << 20
IGNORED = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


class Archive:
    """An opened archive; a file asked for twice is looked into once."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self.zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise TableError(_("Arsip bukan berkas ZIP yang utuh. Buat ulang arsipnya, lalu kirim lagi.")) from error
        entries = [entry for entry in self.zip.infolist() if is_document(entry)]
        if len(entries) > MOST_FILES:
            raise TableError(
                _("Arsip memuat lebih dari %(limit)d berkas. Bagi menjadi beberapa arsip.") % {"limit": MOST_FILES}
            )
        self.entries: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in entries:
            self.entries.setdefault(fold(entry.filename), []).append(entry)
        self.found: dict[str, Taken | FileError] = {}

    def take(self, examiner: Examiner, name: str) -> Taken:
        """The file of that name, looked into and kept; FileError says why not."""
        key = fold(name)
        if key not in self.found:
            try:
                self.found[key] = self.look(examiner, key, name)
            except FileError as error:
                self.found[key] = error
        found = self.found[key]
        if isinstance(found, FileError):
            raise found
        return found

    def look(self, examiner: Examiner, key: str, name: str) -> Taken:
        """Unfold one file into a private place and look into it."""
        entries = self.entries.get(key, [])
        if not entries:
            raise FileError("NOT_THERE", _("Berkas ini tidak ada di dalam arsip. Periksa nama dan akhirannya."))
        if len(entries) > 1:
            raise FileError("TWICE", _("Ada beberapa berkas dengan nama ini di dalam arsip. Beri nama yang berbeda."))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "berkas"
            try:
                self.unfold(entries[0], path)
            except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, NotImplementedError, OSError) as error:
                raise FileError.tell(AttachmentError(ErrorCode.BROKEN)) from error
            return examine_file(examiner, path, PurePosixPath(entries[0].filename).name)

    def unfold(self, entry: zipfile.ZipInfo, path: Path) -> None:
        """Write the entry out, no more than a file may have."""
        if entry.file_size > MAX_BYTES:
            raise FileError.tell(AttachmentError(ErrorCode.FILE_TOO_LARGE, limit=MAX_BYTES // 1_000_000))
        with self.zip.open(entry) as source, path.open("wb") as target:
            while block := source.read(BLOCK):
                target.write(block)

    def list_unused(self) -> list[str]:
        """Names of files that no line asked for."""
        unused = [entry for key, entries in self.entries.items() if key not in self.found for entry in entries]
        return sorted(clean_text(PurePosixPath(entry.filename).name)[:120] for entry in unused)


def is_document(entry: zipfile.ZipInfo) -> bool:
    """Not a folder, and not what a computer adds by itself."""
    return not entry.is_dir() and not any(word in entry.filename.lower() for word in IGNORED)


def fold(name: str) -> str:
    """A file's name as people mean it: without folders, capitals and doubled blanks."""
    return " ".join(PurePosixPath(name.replace("\\", "/")).name.casefold().split())
