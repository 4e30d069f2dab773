"""Background work of the documents room."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tumbuh.audit.api import SYSTEM
from tumbuh.documents.actions.bulk.clearing import clear_abandoned
from tumbuh.documents.actions.text import QUEUE, READ_TASK, read_text


@app.task(queue=QUEUE, name=READ_TASK, retry=RetryStrategy(max_attempts=3, wait=10))
def read_text_job(file_id: int) -> None:
    """Read the words of a version of a file."""
    read_text(file_id)


@app.periodic(cron="47 2 * * *")
@app.task(queue=QUEUE, name="documents.clear", queueing_lock="documents.clear")
def clear(timestamp: int) -> None:
    """Unfinished uploads whose time is over, and files that nothing refers to."""
    clear_abandoned(by=SYSTEM)
