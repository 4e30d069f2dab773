"""Background work of the accounts room."""

from django.core.cache import cache
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tumbuh.accounts.actions.accounts import settle_province
from tumbuh.accounts.models import User
from tumbuh.accounts.queries.users import SETTLE_TASK


@app.task(name=SETTLE_TASK, lock="regions", retry=RetryStrategy(max_attempts=3, wait=5))
def settle_province_job(user_id: int, province: str) -> None:
    """Load a province's regions and make the user its administrator."""
    settle_province(by=User.objects.get(pk=user_id), province=province)


@app.periodic(cron="23 * * * *")
@app.task(name="accounts.clear_counts", queueing_lock="accounts.clear_counts")
def clear_counts(timestamp: int) -> None:
    """What limits no longer count goes."""
    cache.clear_old()
