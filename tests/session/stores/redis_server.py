"""A Redis server of the tests' own: started when it is first asked for, gone when the tests are over."""

import atexit
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import RedisError

MISSING = "needs a Redis server: install the package redis-server or valkey-server (it is looked up on PATH)"
NUMBERS = count(1)
PATIENCE = 20.0


class Server:
    """A server on a socket below `folder`, or on a free port of the loopback where it is a cluster's only node."""

    def __init__(self, folder: Path, program: str, *, is_cluster: bool = False, options: str = "") -> None:
        self.folder = folder
        self._program = program
        self._options = options.split()
        self._port = free_port() if is_cluster else 0
        self._is_cluster = is_cluster
        self.start()
        if is_cluster:
            self._run("CLUSTER ADDSLOTSRANGE", 0, 16383)
            self._until(lambda: self._run("CLUSTER INFO")["cluster_state"] == "ok")

    @property
    def address(self) -> str:
        if self._is_cluster:
            return f"redis+cluster://127.0.0.1:{self._port}"
        return f"unix://{self.folder}/socket"

    def client(self) -> Redis:
        """A connection past the store, to this one server."""
        return Redis.from_url(self.address.replace("+cluster", ""), socket_timeout=PATIENCE)

    def start(self) -> None:
        place = ["--bind", "127.0.0.1"] if self._is_cluster else ["--unixsocket", str(self.folder / "socket")]
        cluster = ["--cluster-enabled", "yes"] if self._is_cluster else []
        common = ["--dir", str(self.folder), "--port", str(self._port), "--save", ""]
        self._process = subprocess.Popen(
            [self._program, *common, *place, *cluster, *self._options], stdout=subprocess.DEVNULL
        )
        self._until(self._answers)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    @contextmanager
    def halted(self) -> Iterator[None]:
        """The server as it is when its machine hangs: it takes connections and answers nothing."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except (OSError, RedisError):
            return False

    def _run(self, *command: object) -> Any:
        with self.client() as client:
            run: Any = client.execute_command
            return run(*command)

    def _until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert self._process.poll() is None, "the server ended by itself"
            assert time.monotonic() < end, "the server does not come up"
            time.sleep(0.01)


def started(*, is_cluster: bool = False, options: str = "") -> Server:
    """A server of one's own, for tests that stop it or set it up otherwise."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="redis"))
    made = Server(folder, program, is_cluster=is_cluster, options=options)
    atexit.register(gone, made)
    return made


def gone(server: Server) -> None:
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


@cache
def server() -> Server:
    """The server that all tests of a run share, each with stores of its own names."""
    return started()


@cache
def cluster() -> Server:
    """A cluster of one node that owns all slots."""
    return started(is_cluster=True)


def fresh() -> str:
    """The name of a store that nobody else has."""
    return f"fresh{next(NUMBERS)}"


def free_port() -> int:
    """A port that is free, and so is the one of the cluster's bus, 10000 above it."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            if port < 50_000:
                second.bind(("127.0.0.1", port + 10_000))
                return port
