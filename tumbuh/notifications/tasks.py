"""Background work of the notifications room; each task is one action."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tumbuh.notifications.actions.digest import make_digests
from tumbuh.notifications.actions.letters import PASSWORD_TASK, write_password_letters
from tumbuh.notifications.actions.outbox import SEND_TASK, clear_old
from tumbuh.notifications.actions.sending import send_due


@app.task(name=SEND_TASK)
def send() -> None:
    """What was just written, or is due again."""
    send_due()


@app.task(name=PASSWORD_TASK, retry=RetryStrategy(max_attempts=5, wait=10))
def password_letter(sealed: str, asked: str) -> None:
    """The letter with which somebody makes a new password."""
    write_password_letters(sealed=sealed, asked=asked)


@app.periodic(cron="*/15 * * * *")
@app.task(name="notifications.send_again", queueing_lock="notifications.send_again")
def send_again(timestamp: int) -> None:
    """Whatever is due, should the job that was to send it have been lost."""
    send_due()


@app.periodic(cron="2 * * * *")
@app.task(name="notifications.digest", queueing_lock="notifications.digest")
def digest(timestamp: int) -> None:
    """The day's letters, as soon after their hour as a worker runs."""
    make_digests()


@app.periodic(cron="41 2 * * *")
@app.task(name="notifications.clear", queueing_lock="notifications.clear")
def clear(timestamp: int) -> None:
    """What is too old goes."""
    clear_old()
