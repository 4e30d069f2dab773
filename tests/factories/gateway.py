"""A gateway for text messages that keeps the rules of docs/how-to/connect-a-message-gateway.md."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tumbuh.notifications.rules import is_signed

SECRET = "rahasia-gerbang-pesan"


@dataclass
class Gateway:
    """`delivered` by key; `answers` are given instead of a proper one, first come first served, `lost` after it."""

    address: str = ""
    delivered: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[dict[str, str]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    lost: int = 0
    unknown: set[str] = field(default_factory=set)

    def take(self, headers: dict[str, str], body: bytes, now: float) -> int:
        """The status of the answer."""
        self.requests.append(headers)
        if self.answers:
            return self.answers.pop(0)
        key = headers.get("Idempotency-Key", "")
        timestamp, signature = headers.get("X-Tumbuh-Timestamp", ""), headers.get("X-Tumbuh-Signature", "")
        if not is_signed(SECRET, timestamp, body, signature, now=now):
            return 401
        message = json.loads(body)
        if not key or message["to"] in self.unknown:
            return 422
        self.delivered.setdefault(key, message)
        return 202


@contextmanager
def run_gateway() -> Iterator[Gateway]:
    """A gateway that listens on this machine."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = gateway.take(dict(self.headers), body, time.time())
            if gateway.lost and status < 300:
                gateway.lost -= 1
                self.close_connection = True
                return
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "/lain")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    gateway.address = f"http://127.0.0.1:{server.server_port}/pesan"
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
