"""The door of the attachments.

with Examiner(limits) as examiner:
    examiner.examine(path, name) -> Examined     kind by content, and the bytes to keep (a picture drawn anew)
    examiner.read_pages(path, kind) -> (pages, error)   the text, and what ended the reading early
Raises AttachmentError: `.code` is stable, `str(error)` is one Indonesian sentence, `.english` the English one.
clean_name(name, kind) -> str                    the name fit for any disk and header
"""

from tumbuh.lib.attachments.errors import AttachmentError, ErrorCode
from tumbuh.lib.attachments.kinds import clean_name, clean_text
from tumbuh.lib.attachments.reader import Examiner
from tumbuh.lib.attachments.types import PICTURES, AttachmentKind, Examined, Limits, Page

__all__ = [
    "PICTURES",
    "AttachmentError",
    "AttachmentKind",
    "ErrorCode",
    "Examined",
    "Examiner",
    "Limits",
    "Page",
    "clean_name",
    "clean_text",
]
