"""`tumbuh worker`: does the background jobs."""

import asyncio
import contextlib
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate import App
from procrastinate.contrib.django import app

HEARTBEAT_SECONDS = 5
STALLED_SECONDS = 20  # without a heartbeat: the worker is taken for dead and its jobs begin again


class Command(BaseCommand):
    help = gettext_lazy("Kerjakan tugas latar (impor, penghitungan) sampai dihentikan. Boleh beberapa sekaligus.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("kerjakan tugas yang menunggu, lalu selesai"))
        parser.add_argument(
            "--patience",
            type=float,
            default=8,
            metavar=_("DETIK"),
            help=_("waktu bagi tugas yang sedang berjalan setelah diminta berhenti (bawaan: 8)"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connector = app.connector.get_worker_connector()
        with app.replace_connector(connector) as worker_app:
            asyncio.run(work(worker_app, once=options["once"], patience=options["patience"]))


async def work(worker_app: App, *, once: bool, patience: float) -> None:
    """Runs jobs until a signal to stop (or, once, until none waits); the job in hand gets `patience` seconds."""
    async with worker_app.open_async():
        await rescue_jobs(worker_app)
        rescue = asyncio.create_task(keep_rescuing(worker_app))
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


async def keep_rescuing(worker_app: App) -> None:
    """Looks after the jobs of dead workers for as long as it is let."""
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        await rescue_jobs(worker_app)


async def rescue_jobs(worker_app: App) -> None:
    """Puts the jobs of workers that died back in the queue."""
    for job in await worker_app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await worker_app.job_manager.retry_job(job)
