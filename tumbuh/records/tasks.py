"""Background work of the records room."""

from procrastinate.contrib.django import app

from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.records.actions.duplicates import find_duplicates
from tumbuh.records.actions.retention import clear_history


@app.periodic(cron="47 2 * * *")
@app.task(name="records.clear_history", queueing_lock="records.clear_history")
def clear(timestamp: int) -> None:
    with whole_country("retention"):
        clear_history(by=SYSTEM)


@app.periodic(cron="17 3 * * 0")
@app.task(name="records.find_duplicates", queueing_lock="records.find_duplicates")
def search_duplicates(timestamp: int) -> None:
    find_duplicates(by=SYSTEM)
