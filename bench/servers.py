"""Servers that the measurements start and stop, what they cost, and a client that keeps its connection."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"
READY = 60.0  # seconds to wait for a server
TICK = os.sysconf("SC_CLK_TCK")
# As `make serve` runs it.
GUNICORN = [
    *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload", "--log-level", "warning"),
    *("--limit-request-line", "8190"),
]


def free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


def gunicorn(application: str, port: int) -> list[str]:
    return [sys.executable, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}", *GUNICORN]


@dataclass(slots=True)
class Server:
    process: subprocess.Popen[bytes]
    port: int

    @property
    def pids(self) -> list[int]:
        """The process and its workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    @property
    def cpu(self) -> float:
        """Seconds that it has computed so far."""
        spent = 0
        for pid in self.pids:
            after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            spent += int(after_name[11]) + int(after_name[12])
        return spent / TICK

    @property
    def pss(self) -> float:
        """Megabytes of memory; what processes share is counted once."""
        found = (
            re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
            for pid in self.pids
        )
        return sum(int(match[1]) for match in found if match) / 1024


@contextmanager
def serving(command: Sequence[str], port: int) -> Iterator[Server]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  (commands of the measurements; Datasette logs every request)
    try:
        _wait_for(port, process)
        yield Server(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY
    while time.monotonic() < until:
        assert process.poll() is None, f"{process.args!r} ended"
        try:
            socket.create_connection((HOST, port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{process.args!r} does not answer")


@dataclass(slots=True)
class Answer:
    seconds: float
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Client:
    port: int
    headers: Mapping[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, url: str, **headers: str) -> Answer:
        """Timed from the first byte sent to the last received. A connection that the server has closed is opened anew
        before. Compressed as for a browser over HTTPS."""
        sent = {"Accept-Encoding": "gzip, br", **self.headers, **headers}
        for _ in range(2):
            if self._connection is None:
                self._connection = http.client.HTTPConnection(HOST, self.port, timeout=600)
                self._connection.connect()
            begun = time.perf_counter()
            try:
                self._connection.request("GET", url, headers=sent)
                response = self._connection.getresponse()
                body = response.read()
            except (http.client.RemoteDisconnected, ConnectionError, http.client.CannotSendRequest):
                self._connection.close()
                self._connection = None
                continue
            seconds = time.perf_counter() - begun
            if response.will_close:
                self._connection = None
            return Answer(seconds, response.status, dict(response.headers.items()), body)
        raise ConnectionError(url)
