"""The door of the documents room."""

from tumbuh.documents.actions.backfill import Invented, backfill_documents
from tumbuh.documents.actions.bulk.checking import check_batch
from tumbuh.documents.actions.bulk.saving import cancel_batch, list_publishable, publish_batch, save_batch
from tumbuh.documents.actions.documents import (
    Added,
    add_document,
    change_details,
    check_details,
    keep_document,
    replace_file,
)
from tumbuh.documents.actions.files import MAX_BYTES, Taken, take_file
from tumbuh.documents.actions.legal import choose_target, relate, unrelate
from tumbuh.documents.actions.publishing import publish, unpublish, withdraw
from tumbuh.documents.errors import (
    AlreadyThereError,
    DetailsError,
    DocumentError,
    FileError,
    NotAllowedError,
    PersonalDataError,
    RelationError,
    StateError,
    TableError,
)
from tumbuh.documents.models import Document, DocumentBatch, LegalRelation, StoredFile
from tumbuh.documents.queries.batches import find_batch, list_batches, write_template
from tumbuh.documents.queries.documents import (
    MARKS,
    DocumentFact,
    Passage,
    Wanted,
    find_document,
    find_passages,
    get_path,
    get_text,
    list_documents,
    list_relations,
    list_versions,
    list_years,
    search_documents,
)
from tumbuh.documents.queries.kinds import list_kinds, name_kind
from tumbuh.documents.queries.reach import get_reach, make_reach
from tumbuh.documents.reference import render_reference
from tumbuh.documents.rules import INVERSE, BatchState, Details, Kind, Reach, RelationKind, TextState
from tumbuh.documents.tasks import read_text_job

__all__ = [
    "INVERSE",
    "MARKS",
    "MAX_BYTES",
    "Added",
    "AlreadyThereError",
    "BatchState",
    "Details",
    "DetailsError",
    "Document",
    "DocumentBatch",
    "DocumentError",
    "DocumentFact",
    "FileError",
    "Invented",
    "Kind",
    "LegalRelation",
    "NotAllowedError",
    "Passage",
    "PersonalDataError",
    "Reach",
    "RelationError",
    "RelationKind",
    "StateError",
    "StoredFile",
    "TableError",
    "Taken",
    "TextState",
    "Wanted",
    "add_document",
    "backfill_documents",
    "cancel_batch",
    "change_details",
    "check_batch",
    "check_details",
    "choose_target",
    "find_batch",
    "find_document",
    "find_passages",
    "get_path",
    "get_reach",
    "get_text",
    "keep_document",
    "list_batches",
    "list_documents",
    "list_kinds",
    "list_publishable",
    "list_relations",
    "list_versions",
    "list_years",
    "make_reach",
    "name_kind",
    "publish",
    "publish_batch",
    "read_text_job",
    "relate",
    "render_reference",
    "replace_file",
    "save_batch",
    "search_documents",
    "take_file",
    "unpublish",
    "unrelate",
    "withdraw",
    "write_template",
]
