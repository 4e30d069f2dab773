"""Jobs whose worker died: put back, so that another worker takes them."""

from procrastinate.contrib.django import app

QUEUE = "imports"
SILENT_SECONDS = 30.0  # three missed heartbeats


async def retry_stalled(*, seconds: float = SILENT_SECONDS) -> int:
    """Put back the jobs of workers that have not been heard of for so many seconds; how many.

    A job that is in truth still running does no harm: the second run waits for the first and finds nothing to do.
    """
    stalled = await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=seconds)
    count = 0
    for job in stalled:
        await app.job_manager.retry_job(job)
        count += 1
    return count
