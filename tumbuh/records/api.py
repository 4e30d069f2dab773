"""The door of the records room."""

from tumbuh.records.actions.births import record_birth
from tumbuh.records.actions.homes import PersonRow
from tumbuh.records.actions.identities import correct_child
from tumbuh.records.actions.kinship import link_mothers
from tumbuh.records.actions.leaving import record_leaving
from tumbuh.records.actions.life import save_life
from tumbuh.records.actions.matching import match_staged
from tumbuh.records.actions.measurements import (
    VisitRow,
    create_batch,
    record_measurement,
    record_measurements,
    save_measurements,
)
from tumbuh.records.actions.people import Enrolled, enrol_people, match_people
from tumbuh.records.actions.registration import register_since
from tumbuh.records.actions.rows import (
    CheckRow,
    CoupleRow,
    LifeRows,
    LifeSaved,
    PregnancyRow,
    ServiceRow,
    StatementRow,
)
from tumbuh.records.actions.saving import Saved, save_staged
from tumbuh.records.actions.staging import COLUMNS, close_staging, copy_staged, open_staging
from tumbuh.records.actions.undoing import Kept, Undone, open_undoing, undo_batch
from tumbuh.records.errors import (
    BatchUndoneError,
    BirthDateError,
    LeavingDateError,
    MonthsClosedError,
    NikUnreadableError,
    PregnancyOverlapError,
    ReasonMissingError,
    RecordsError,
)
from tumbuh.records.models import (
    ChildMonth,
    Couple,
    HealthCheck,
    Household,
    Measurement,
    Person,
    PersonMonth,
    Pregnancy,
    Receipt,
    ServiceReceived,
    SourceBatch,
    Statement,
)
from tumbuh.records.nik import decrypt_bytes, decrypt_nik, encrypt_bytes, encrypt_nik, index_nik, mask_nik
from tumbuh.records.queries.care import (
    Life,
    list_counting_months,
    list_household,
    list_people_months,
    list_receipts,
    read_life,
)
from tumbuh.records.queries.changes import Change, list_changes
from tumbuh.records.queries.children import (
    find_measurement,
    get_child,
    list_batches,
    list_children,
    list_latest,
    list_measurements,
    list_siblings,
)
from tumbuh.records.queries.closing import check_open
from tumbuh.records.queries.lost import Lost, count_lost, get_limits, list_lost
from tumbuh.records.queries.months import (
    Foreseen,
    foresee_correction,
    has_closed_months,
    list_desa_months,
    list_open_months,
    list_service_months,
)
from tumbuh.records.queries.quality import Quality, Visit, count_duplicates, list_month_visits, read_quality
from tumbuh.records.queries.register import find_named, list_register
from tumbuh.records.queries.sent import has_batch
from tumbuh.records.rules import (
    PURPOSE_MINUTES,
    SAVED,
    Leaving,
    Mode,
    NikStatus,
    Outcome,
    Purpose,
    Sex,
    Verdict,
    WeightGain,
    is_routine,
)
from tumbuh.records.rules.people import CERTAIN, Match

__all__ = [
    "CERTAIN",
    "COLUMNS",
    "PURPOSE_MINUTES",
    "SAVED",
    "BatchUndoneError",
    "BirthDateError",
    "Change",
    "CheckRow",
    "ChildMonth",
    "Couple",
    "CoupleRow",
    "Enrolled",
    "Foreseen",
    "HealthCheck",
    "Household",
    "Kept",
    "Leaving",
    "LeavingDateError",
    "Life",
    "LifeRows",
    "LifeSaved",
    "Lost",
    "Match",
    "Measurement",
    "Mode",
    "MonthsClosedError",
    "NikStatus",
    "NikUnreadableError",
    "Outcome",
    "Person",
    "PersonMonth",
    "PersonRow",
    "Pregnancy",
    "PregnancyOverlapError",
    "PregnancyRow",
    "Purpose",
    "Quality",
    "ReasonMissingError",
    "Receipt",
    "RecordsError",
    "Saved",
    "ServiceReceived",
    "ServiceRow",
    "Sex",
    "SourceBatch",
    "Statement",
    "StatementRow",
    "Undone",
    "Verdict",
    "Visit",
    "VisitRow",
    "WeightGain",
    "check_open",
    "close_staging",
    "copy_staged",
    "correct_child",
    "count_duplicates",
    "count_lost",
    "create_batch",
    "decrypt_bytes",
    "decrypt_nik",
    "encrypt_bytes",
    "encrypt_nik",
    "enrol_people",
    "find_measurement",
    "find_named",
    "foresee_correction",
    "get_child",
    "get_limits",
    "has_batch",
    "has_closed_months",
    "index_nik",
    "is_routine",
    "link_mothers",
    "list_batches",
    "list_changes",
    "list_children",
    "list_counting_months",
    "list_desa_months",
    "list_household",
    "list_latest",
    "list_lost",
    "list_measurements",
    "list_month_visits",
    "list_open_months",
    "list_people_months",
    "list_receipts",
    "list_register",
    "list_service_months",
    "list_siblings",
    "mask_nik",
    "match_people",
    "match_staged",
    "open_staging",
    "open_undoing",
    "read_life",
    "read_quality",
    "record_birth",
    "record_leaving",
    "record_measurement",
    "record_measurements",
    "register_since",
    "save_life",
    "save_measurements",
    "save_staged",
    "undo_batch",
]
