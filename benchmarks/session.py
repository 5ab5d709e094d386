"""Requests per second and processor time per request of session layers, each beside its bare framework, in one run.

    python -m benchmarks.session [--family asgi,flask,django] [--only redis] [--rounds 5] [--seconds 2]
                                [--connections 32] [--sessions 200]

Peers, installed for this script alone: starsessions, flask-session, cachelib, granian, uvloop, httptools.
Each app is served by one process (uvicorn for ASGI, granian with one thread for WSGI). They are asked in turns,
round after round, so that whatever else the machine does meets all of them; a figure is the median of the rounds.
Processor time is the server process's own: what Redis and PostgreSQL spend is not in it, the wait for them is in the
requests per second. Whoever asks is a process of its own, `benchmarks/session_load.py`.
"""

from __future__ import annotations

import argparse
import http.client
import importlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from benchmarks.session_places import await_port, free_port, postgres, redis

TICK = 1_000_000 / os.sysconf("SC_CLK_TCK")
"""Microseconds in a tick of the system's account of processor time."""

WARM_UP = 0.5
"""Seconds that each is asked before a round, uncounted: for connections that are made, and activity that is due."""

ROWS = {
    "asgi": (
        "bare",
        "floor",
        "signed cookie",
        "starsessions",
        *(
            f"ours, {store}{how}"
            for store in ("memory", "sqlite", "redis", "postgres")
            for how in ("", ", cached")
        ),
    ),
    "flask": (
        "bare",
        "signed cookie",
        "flask-session",
        *(f"ours, {store}{how}" for store in ("sqlite", "redis", "postgres") for how in ("", ", cached")),
    ),
    "django": (
        "bare",
        *(
            f"{engine}{how}"
            for engine in ("signed_cookies", "cache", "cached_db", "db")
            for how in ("", ", unsaved")
        ),
        *(f"ours, {store}{how}" for store in ("sqlite", "redis", "postgres") for how in ("", ", cached")),
    ),
}
NEEDS = {
    "starsessions": "starsessions",
    "flask-session": "flask_session",
    "redis": "sessionward.session.stores.redis",
    "postgres": "sessionward.session.stores.postgres",
}
"""What has to be importable for a row, by a word of its name."""
MODULES = {
    "asgi": "benchmarks.session_asgi",
    "flask": "benchmarks.session_flask",
    "django": "benchmarks.session_django",
}


@dataclass(slots=True, kw_only=True)
class Row:
    """One app, its server, the cookies of its sessions, and what each round came to."""

    family: str
    name: str
    port: int
    server: subprocess.Popen[bytes]
    cookies: list[str] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, and print the table."""
    arguments = parsed()
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sessionward-bench-")))
        places = {
            "directory": str(directory),
            "redis": stack.enter_context(redis()),
            "postgres": stack.enter_context(postgres(directory)),
        }
        prepare(places["postgres"])
        rows = [
            stack.enter_context(serving(family, name, places))
            for family in arguments.family.split(",")
            for name in ROWS[family]
            if (name == "bare" or arguments.only in name) and possible(family, name)
        ]
        for row in rows:
            row.cookies = [begun(row) for _ in range(arguments.sessions)]
        for _ in range(arguments.rounds):
            for row in rows:
                measure(row, arguments.seconds, arguments.connections)
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine()}")
    print(
        f"{arguments.rounds} rounds of {arguments.seconds:g} s, {arguments.connections} connections, "
        f"{arguments.sessions} sessions\n"
    )
    print("\n".join(table(rows)))


def prepare(address: str | None) -> None:
    """Set up our schema in PostgreSQL, if there is one."""
    if address is not None:
        importlib.import_module("sessionward.session.stores.postgres").PostgresStore.migrate(address)


def parsed() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--family", default="asgi,flask,django")
    parser.add_argument("--only", default="", help="a word of the names of the rows that are wanted")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--sessions", type=int, default=200)
    return parser.parse_args()


def possible(family: str, name: str) -> bool:
    """Whether all that a row needs is here; says so where it is not."""
    needed = [module for word, module in NEEDS.items() if word in name] + [MODULES[family]]
    for module in needed:
        if find_spec(module) is None:
            print(f"Left out: {family} {name}, for want of {module}.", file=sys.stderr)
            return False
    return True


@contextmanager
def serving(family: str, name: str, places: dict[str, str | None]) -> Iterator[Row]:
    """A server of the app, until the end of the block."""
    port = free_port()
    command = [sys.executable, "-m", MODULES[family], name, str(port), json.dumps(places)]
    server = subprocess.Popen(command)
    try:
        await_port(port)
        yield Row(family=family, name=name, port=port, server=server)
    finally:
        server.terminate()
        server.wait()


def begun(row: Row) -> str:
    """The Cookie header of a new session; empty where the app has none."""
    connection = http.client.HTTPConnection("127.0.0.1", row.port)
    connection.request("GET", "/login", headers={"Host": "127.0.0.1"})
    answer = connection.getresponse()
    if answer.status != http.client.OK:
        raise SystemExit(f"{row.family} {row.name}: /login answered {answer.status}.")
    cookies = answer.headers.get_all("set-cookie") or []
    connection.close()
    return "; ".join(cookie.partition(";")[0] for cookie in cookies)


def measure(row: Row, seconds: float, connections: int) -> None:
    """One round: requests per second, and processor time per request."""
    load(row, WARM_UP, connections)
    before = ticks(row.server.pid)
    answers, took = load(row, seconds, connections)
    row.rates.append(answers / took)
    if (
        answers
    ):  # a disk that others occupy can hold up a whole round; what it cost by the answer is then unknown
        row.costs.append((ticks(row.server.pid) - before) * TICK / answers)


def load(row: Row, seconds: float, connections: int) -> tuple[int, float]:
    """How many answers there were, and in how many seconds."""
    command = [sys.executable, "-m", "benchmarks.session_load", str(row.port), str(seconds), str(connections)]
    ran = subprocess.run(command, input="\n".join(row.cookies).encode(), capture_output=True, check=False)
    if ran.returncode != 0:
        raise SystemExit(f"{row.family} {row.name}: {ran.stderr.decode()}")
    answers, took = ran.stdout.split()
    return int(answers), float(took)


def ticks(pid: int) -> int:
    """The processor time that a process and its children have used, in ticks of the system (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    own = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(own[11]) + int(own[12]) + sum(ticks(int(child)) for child in children)


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of the table; ratios are of the medians, to the bare app of the same framework."""
    yield "| framework | sessions | requests/s | min–max | of bare | CPU µs/request | added |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    bare = {row.family: row for row in rows if row.name == "bare"}
    for row in rows:
        rate, cost = statistics.median(row.rates), statistics.median(row.costs)
        reference = bare[row.family]
        yield (
            f"| {row.family} | {row.name} | {rate:.0f} | {min(row.rates):.0f}–{max(row.rates):.0f} "
            f"| {rate / statistics.median(reference.rates):.2f} | {cost:.1f} "
            f"| {cost - statistics.median(reference.costs):+.1f} |"
        )


def machine() -> str:
    """What all of it ran on."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.processor()
    return (
        f"{len(models) or os.cpu_count()} × {model}, {platform.system()}, Python {platform.python_version()}"
    )


if __name__ == "__main__":
    main()
