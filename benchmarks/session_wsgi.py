"""Serving the WSGI apps of `benchmarks/session.py`: granian, one worker, one thread."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping

Places = Mapping[str, str | None]
CONTENDER, PLACES = "SESSION_BENCHMARK_CONTENDER", "SESSION_BENCHMARK_PLACES"
"""How the worker is told which app it is, and where the stores are."""


def serve(module: str, name: str, port: str, places: str) -> None:
    """Serve `app` of `module`, which reads from the environment which one it is to be."""
    os.environ[CONTENDER], os.environ[PLACES] = name, places
    granian = importlib.import_module("granian").Granian
    granian(
        f"{module}:app",
        address="127.0.0.1",
        port=int(port),
        interface="wsgi",
        workers=1,
        blocking_threads=1,
        log_enabled=False,
    ).serve()
