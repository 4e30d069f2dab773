"""What can go wrong with documents: one sentence each for the user, with a stable code."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tumbuh.lib.attachments.api import AttachmentError


class DocumentError(Exception):
    """Base of the room's errors; the message says what happened, why, and what to do."""

    code = "documents"


class FileError(DocumentError):
    """The file is not taken; the code is that of the one who looked into it, for example `documents.LOCKED`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = f"documents.{code}"

    @classmethod
    def tell(cls, error: AttachmentError) -> "FileError":
        """The refusal in the reader's language."""
        is_english = (get_language() or "id").startswith("en")
        return cls(error.code, error.english if is_english else str(error))


class DetailsError(DocumentError):
    """What was written about the document is not complete or not possible: field → sentence."""

    code = "documents.details"

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)


class NotAllowedError(DocumentError):
    """The user does not manage documents of that region."""

    code = "documents.not_allowed"

    def __init__(self) -> None:
        super().__init__(_("Akun Anda tidak mengelola dokumen wilayah ini. Mintalah kepada admin wilayah Anda."))


class StateError(DocumentError):
    """What was asked does not fit the document as it stands."""

    code = "documents.state"


class AlreadyThereError(DocumentError):
    """The same file is there already for the same region, kind and year."""

    code = "documents.already_there"


class PersonalDataError(DocumentError):
    """The text seems to hold numbers of people; publishing it needs a plain yes."""

    code = "documents.personal_data"


class RelationError(DocumentError):
    """The two documents cannot be related so."""

    code = "documents.relation"


class TableError(DocumentError):
    """The table or the archive of a bulk upload cannot be used as a whole."""

    code = "documents.table"
