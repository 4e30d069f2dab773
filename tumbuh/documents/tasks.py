"""Background work of the documents room."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tumbuh.documents.actions.text import QUEUE, READ_TASK, read_text


@app.task(queue=QUEUE, name=READ_TASK, retry=RetryStrategy(max_attempts=3, wait=10))
def read_text_job(file_id: int) -> None:
    """Read the words of a version of a file."""
    read_text(file_id)
