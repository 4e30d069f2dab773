"""`tumbuh worker`: does the background jobs."""

import asyncio
import contextlib
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate import App
from procrastinate.contrib.django import app

HEARTBEAT_SECONDS = 5
STALLED_SECONDS = 20  # without a heartbeat: the worker is taken for dead and its jobs begin again


class Command(BaseCommand):
    help = "Does the background jobs (imports, calculations) until it is stopped. Several may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do the jobs that wait, then leave")
        parser.add_argument(
            "--patience", type=float, default=8, metavar="SECONDS", help="time for the job in hand after a stop (8)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connector = app.connector.get_worker_connector()
        with app.replace_connector(connector) as worker_app:
            asyncio.run(work(worker_app, once=options["once"], patience=options["patience"]))


async def work(worker_app: App, *, once: bool, patience: float) -> None:
    """Runs jobs until a signal to stop (or, once, until none waits); the job in hand gets `patience` seconds."""
    async with worker_app.open_async():
        rescue = asyncio.create_task(rescue_jobs(worker_app))
        try:
            await worker_app.run_worker_async(
                name=f"worker-{os.getpid()}",
                wait=not once,
                listen_notify=not once,
                shutdown_graceful_timeout=patience,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_SECONDS,
            )
        finally:
            rescue.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await rescue


async def rescue_jobs(worker_app: App) -> None:
    """Puts the jobs of workers that died back in the queue, now and then."""
    while True:
        for job in await worker_app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            await worker_app.job_manager.retry_job(job)
        await asyncio.sleep(HEARTBEAT_SECONDS)
