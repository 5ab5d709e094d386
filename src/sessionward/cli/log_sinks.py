"""Where exported entries go: a file, the terminal, or a syslog collector by UDP (RFC 5426), TCP or TLS (RFC 5425)."""

from __future__ import annotations

import os
import socket
import ssl
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from sessionward.cli.exits import UsageError
from sessionward.session.syslog import framed

PORTS = {"udp": 514, "tcp": 601, "tls": 6514}
PATIENCE = 10.0
"""Seconds to wait for a collector."""


class SinkFailed(Exception):
    """What was sent may not have come; one sentence for a person."""


class Sink(Protocol):
    """Takes entries."""

    def send(self, lines: Sequence[bytes]) -> None:
        """Hand them on; they are out of this process when it returns."""
        ...


class _Terminal:
    def send(self, lines: Sequence[bytes]) -> None:
        sys.stdout.buffer.write(b"".join(lines))
        sys.stdout.buffer.flush()


class _File:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def send(self, lines: Sequence[bytes]) -> None:
        left = memoryview(b"".join(lines))
        while left:
            left = left[os.write(self._descriptor, left) :]
        if stat.S_ISREG(os.fstat(self._descriptor).st_mode):
            os.fsync(self._descriptor)


class _Datagrams:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(self, lines: Sequence[bytes]) -> None:
        for line in lines:
            self._connection.send(line)


class _Stream:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(self, lines: Sequence[bytes]) -> None:
        self._connection.sendall(b"".join(framed(line) for line in lines))


@contextmanager
def sink(place: str, authorities: Path | None = None) -> Iterator[Sink]:
    """The sink that `place` names; for TLS, certificates are judged by `authorities`, or by the system's.

    Raises:
        UsageError: it names none.
        SinkFailed: it could not be reached, or not any more.

    """
    try:
        if place == "-":
            sys.stdout.flush()
            yield _Terminal()
        elif "://" in place:
            with _connected(place, authorities) as connection:
                if place.startswith("udp:"):
                    yield _Datagrams(connection)
                else:
                    yield _Stream(connection)
                    _finish(connection)
        else:
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            try:
                yield _File(descriptor)
            finally:
                os.close(descriptor)
    except OSError as error:
        raise SinkFailed(f"{place} did not take the entries ({error.strerror or error}).") from None


def _finish(connection: socket.socket) -> None:
    """Say that nothing more comes, and wait until the collector has read that.

    Closing at once would reset the connection where the collector sent something, such as a TLS ticket, and the
    reset may overtake entries that it has not read.
    """
    try:
        if isinstance(connection, ssl.SSLSocket):
            connection.unwrap()
        else:
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass
    except (TimeoutError, ssl.SSLError):
        return  # a collector that does not say goodbye; the entries went out all the same


def _connected(place: str, authorities: Path | None) -> socket.socket:
    parts = urlsplit(place)
    try:
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError):
        raise UsageError(
            "a collector is named like tls://logs.example.org:6514, or with udp: or tcp:."
        ) from None
    if not parts.hostname or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        raise UsageError("a collector is named by its host and port alone, like tls://logs.example.org:6514.")
    if parts.scheme == "udp":
        return _datagram(parts.hostname, port)
    connection = socket.create_connection((parts.hostname, port), PATIENCE)
    if parts.scheme == "tcp":
        return connection
    context = ssl.create_default_context(cafile=None if authorities is None else str(authorities))
    return context.wrap_socket(connection, server_hostname=parts.hostname)


def _datagram(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
    connection = socket.socket(family, kind, protocol)
    connection.connect(address)
    return connection
