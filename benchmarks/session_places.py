"""Redis and PostgreSQL for the length of a benchmark, on free ports of this machine and in a directory that goes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

POSTGRES = Path("/usr/lib/postgresql/15/bin")
PATIENCE = 30.0


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def await_port(port: int) -> None:
    """Wait until somebody listens on `port`."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"Nothing listens on port {port}.")


@contextmanager
def redis() -> Iterator[str | None]:
    """The address of a Redis that keeps nothing on disk, None where there is no redis-server."""
    binary = shutil.which("redis-server")
    if binary is None:
        yield None
        return
    port = free_port()
    arguments = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    try:
        await_port(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def postgres(directory: Path) -> Iterator[str | None]:
    """The address of a PostgreSQL in `directory`, None where there is none. It refuses to run as root."""
    if not (POSTGRES / "initdb").exists():
        yield None
        return
    data = directory / "postgres"
    data.mkdir()
    become: dict[str, object] = {}
    if os.geteuid() == 0:
        directory.chmod(0o755)
        shutil.chown(data, "postgres", "postgres")
        become = {"user": "postgres", "group": "postgres", "extra_groups": []}
    run(become, "initdb", "-D", str(data), "-U", "postgres", "--auth", "trust", "-E", "UTF8")
    port = free_port()
    options = ("-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", str(data))
    server = subprocess.Popen(  # type: ignore[call-overload]
        [str(POSTGRES / "postgres"), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **become
    )
    try:
        await_postgres(port)
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait()


def await_postgres(port: int) -> None:
    """Wait until the database answers, which is later than that somebody listens."""
    end = time.monotonic() + PATIENCE
    asking = [str(POSTGRES / "pg_isready"), "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(asking, check=False, stdout=subprocess.DEVNULL).returncode != 0:
        if time.monotonic() > end:
            raise SystemExit("PostgreSQL does not start.")
        time.sleep(0.1)


def run(become: dict[str, object], name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs to its end."""
    subprocess.run(  # type: ignore[call-overload]
        [str(POSTGRES / name), *arguments], check=True, stdout=subprocess.DEVNULL, **become
    )
