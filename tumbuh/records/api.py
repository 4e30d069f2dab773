"""The door of the records room."""

from tumbuh.records.actions.births import record_birth
from tumbuh.records.actions.corrections import correct_entry, remove_entry
from tumbuh.records.actions.deciles import set_deciles
from tumbuh.records.actions.homes import PersonRow
from tumbuh.records.actions.identities import correct_child
from tumbuh.records.actions.kinship import link_mothers
from tumbuh.records.actions.life import save_life
from tumbuh.records.actions.matching import match_staged
from tumbuh.records.actions.measurements import create_batch, record_measurement, save_measurements
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
from tumbuh.records.actions.taking_back import LifeUndone, undo_life
from tumbuh.records.actions.undoing import Kept, Undone, open_undoing, undo_batch
from tumbuh.records.errors import (
    BatchUndoneError,
    BirthDateError,
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
from tumbuh.records.queries.changes import Change, list_changes, list_service_changes
from tumbuh.records.queries.children import (
    find_measurement,
    get_child,
    list_batches,
    list_children,
    list_latest,
    list_measurements,
    list_siblings,
)
from tumbuh.records.queries.coverage import GroupCount, Month, count_groups, find_persons, list_unserved, read_month
from tumbuh.records.queries.entries import Entry, Oddity, find_rows, list_month_entries
from tumbuh.records.queries.lives import Lives, read_lives
from tumbuh.records.queries.months import (
    Foreseen,
    foresee_correction,
    has_closed_months,
    list_desa_months,
    list_open_months,
    list_service_months,
)
from tumbuh.records.queries.quality import Quality, Visit, count_duplicates, list_month_visits, read_quality
from tumbuh.records.queries.quarters import (
    QuarterPerson,
    list_counted_receipts,
    list_named_people,
    list_open_quarters,
    list_quarter_people,
)
from tumbuh.records.queries.visits import VisitTable, find_bits, find_month_doubts, read_visits
from tumbuh.records.rules import (
    PURPOSE_MINUTES,
    SAVED,
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
    "Entry",
    "Foreseen",
    "GroupCount",
    "HealthCheck",
    "Household",
    "Kept",
    "Life",
    "LifeRows",
    "LifeSaved",
    "LifeUndone",
    "Lives",
    "Match",
    "Measurement",
    "Mode",
    "Month",
    "MonthsClosedError",
    "NikStatus",
    "NikUnreadableError",
    "Oddity",
    "Outcome",
    "Person",
    "PersonMonth",
    "PersonRow",
    "Pregnancy",
    "PregnancyOverlapError",
    "PregnancyRow",
    "Purpose",
    "Quality",
    "QuarterPerson",
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
    "VisitTable",
    "WeightGain",
    "close_staging",
    "copy_staged",
    "correct_child",
    "correct_entry",
    "count_duplicates",
    "count_groups",
    "create_batch",
    "decrypt_bytes",
    "decrypt_nik",
    "encrypt_bytes",
    "encrypt_nik",
    "enrol_people",
    "find_bits",
    "find_measurement",
    "find_month_doubts",
    "find_persons",
    "find_rows",
    "foresee_correction",
    "get_child",
    "has_closed_months",
    "index_nik",
    "is_routine",
    "link_mothers",
    "list_batches",
    "list_changes",
    "list_children",
    "list_counted_receipts",
    "list_counting_months",
    "list_desa_months",
    "list_household",
    "list_latest",
    "list_measurements",
    "list_month_entries",
    "list_month_visits",
    "list_named_people",
    "list_open_months",
    "list_open_quarters",
    "list_people_months",
    "list_quarter_people",
    "list_receipts",
    "list_service_changes",
    "list_service_months",
    "list_siblings",
    "list_unserved",
    "mask_nik",
    "match_people",
    "match_staged",
    "open_staging",
    "open_undoing",
    "read_life",
    "read_lives",
    "read_month",
    "read_quality",
    "read_visits",
    "record_birth",
    "record_measurement",
    "register_since",
    "remove_entry",
    "save_life",
    "save_measurements",
    "save_staged",
    "set_deciles",
    "undo_batch",
    "undo_life",
]
