"""Serves a clinic on this machine: until it is stopped, or for as long as a test lasts."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from sessionward.demo.app import create_app
from sessionward.demo.clinic_settings import Settings

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """PEM files for https."""

    certificate: Path
    key: Path


class _Server(uvicorn.Server):
    """Says when it answers, and leaves signals to whoever embeds it."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], *, embedded: bool) -> None:
        super().__init__(config)
        self._ready = ready
        self._embedded = embedded

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        with nullcontext() if self._embedded else super().capture_signals():
            yield


def serve(
    settings: Settings,
    *,
    port: int = 0,
    certificate: Certificate | None = None,
    ready: Callable[[str], None],
) -> None:
    """Serve until interrupted. `ready` is given the address once it answers; port 0 is any free one.

    Raises OSError when the port is taken.
    """
    with _listen(port) as listening:
        url = _url(listening, certificate)
        server = _Server(_config(settings, listening, certificate), lambda: ready(url), embedded=False)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(server.serve(sockets=[listening]))


@asynccontextmanager
async def serving(
    settings: Settings, *, port: int = 0, certificate: Certificate | None = None
) -> AsyncIterator[str]:
    """The address of a clinic that answers from here on, in this event loop, and is closed at the end.

    Raises OSError when the port is taken.
    """
    started = asyncio.Event()
    with _listen(port) as listening:
        server = _Server(_config(settings, listening, certificate), started.set, embedded=True)
        task = asyncio.create_task(server.serve(sockets=[listening]))
        waiting = asyncio.create_task(started.wait())
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        try:
            if task.done():
                task.result()
                raise RuntimeError("the server ended before it answered")
            yield _url(listening, certificate)
        finally:
            server.should_exit = True
            await task


@contextmanager
def serving_in_thread(
    settings: Settings, *, port: int = 0, certificate: Certificate | None = None
) -> Iterator[str]:
    """The address of a clinic that answers from here on, in a thread of its own, and is closed at the end.

    Raises OSError when the port is taken.
    """
    settled = threading.Event()
    with _listen(port) as listening:
        server = _Server(_config(settings, listening, certificate), settled.set, embedded=True)

        def run() -> None:
            try:
                asyncio.run(server.serve(sockets=[listening]))
            finally:
                settled.set()

        thread = threading.Thread(target=run, name="clinic")
        thread.start()
        settled.wait()
        try:
            if not server.started:
                raise RuntimeError("the server ended before it answered")
            yield _url(listening, certificate)
        finally:
            server.should_exit = True
            thread.join()


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOOPBACK, port))
    except OSError:
        listening.close()
        raise
    return listening


def _config(settings: Settings, listening: socket.socket, certificate: Certificate | None) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(
            settings, origins=[_url(listening, certificate, host) for host in (LOOPBACK, "localhost")]
        ),
        access_log=False,
        lifespan="off",
        log_level="warning",
        # a header must not decide which client is throttled or whether a cookie is Secure
        proxy_headers=False,
        server_header=False,
        ssl_certfile=certificate.certificate if certificate else None,
        ssl_keyfile=certificate.key if certificate else None,
        timeout_graceful_shutdown=1,
    )


def _url(listening: socket.socket, certificate: Certificate | None, host: str = LOOPBACK) -> str:
    scheme = "https" if certificate else "http"
    return f"{scheme}://{host}:{listening.getsockname()[1]}"
