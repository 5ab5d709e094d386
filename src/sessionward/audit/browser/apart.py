"""Starts processes out of reach of the signals that a terminal or a supervisor sends to a whole group of them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

METHOD = "subprocess_exec"


@contextmanager
def apart() -> Iterator[None]:
    """Within it, what the running loop starts leads a session of its own.

    ``timeout``, a service manager or a terminal that hangs up ends every process of the group. The audit then still
    needs its browser, to put back what it changed. Playwright offers no such setting for its helper process, which
    ends by itself once the pipe to the audit closes. On Windows there are no such groups, and nothing is done.
    """
    loop = asyncio.get_running_loop()
    plain = loop.subprocess_exec

    async def leading(*given: Any, **options: Any) -> Any:
        return await plain(*given, **{**options, "start_new_session": True})

    if os.name != "posix":
        yield
        return
    setattr(loop, METHOD, leading)
    try:
        yield
    finally:
        delattr(loop, METHOD)
