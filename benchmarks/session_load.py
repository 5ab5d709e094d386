"""Asks a server the same question over and over, from a process of its own, and counts the answers.

    python -m benchmarks.session_load PORT SECONDS CONNECTIONS < cookies

A line of standard input is a Cookie header. Each connection is kept alive, and asks again when it was answered; the
connections take the cookies in turn, each from a place of its own on, or all would ask for the same one at once. An
answer other than 200 with the expected body ends it all.
Prints how many answers there were, and the seconds.
"""

from __future__ import annotations

import selectors
import socket
import sys
import time
from collections.abc import Sequence

EXPECTED = b"ana"
HEADERS = (
    "Host: 127.0.0.1",
    "Accept: text/html,application/xhtml+xml",
    "Sec-Fetch-Mode: navigate",
    "Sec-Fetch-Site: same-origin",
    "Sec-Fetch-User: ?1",
)
"""As a browser's when somebody clicks: what counts as activity is part of what a session layer does."""


class Connection:
    """One kept-alive connection, with the questions that it asks in turn."""

    def __init__(self, port: int, questions: Sequence[bytes], first: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._questions = questions
        self._next = first
        self._read = b""

    def ask(self) -> None:
        """Ask the next question."""
        self.socket.sendall(self._questions[self._next % len(self._questions)])
        self._next += 1

    def answered(self) -> bool:
        """Whether the answer is complete, which must be the expected one."""
        part = self.socket.recv(65_536)
        if not part:
            raise SystemExit("The server closed the connection.")
        self._read += part
        head, found, body = self._read.partition(b"\r\n\r\n")
        if not found or len(body) < length(head):
            return False
        if not head.startswith(b"HTTP/1.1 200") or body != EXPECTED:
            raise SystemExit(f"The server answered {self._read!r}.")
        self._read = b""
        return True


def length(head: bytes) -> int:
    """The Content-Length of an answer."""
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0


def question(cookie: str) -> bytes:
    """The request for /me with a Cookie header."""
    lines = ("GET /me HTTP/1.1", *HEADERS, *([f"Cookie: {cookie}"] if cookie else []), "", "")
    return "\r\n".join(lines).encode("latin-1")


def load(port: int, seconds: float, connections: int, cookies: Sequence[str]) -> tuple[int, float]:
    """How many answers there were, and in how many seconds."""
    questions = [question(cookie) for cookie in cookies]
    answers = 0
    with selectors.DefaultSelector() as selector:
        apart = max(1, len(questions) // connections)
        opened = [Connection(port, questions, number * apart) for number in range(connections)]
        for connection in opened:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask()
        began = time.perf_counter()
        while (took := time.perf_counter() - began) < seconds:
            for key, _ in selector.select(timeout=seconds):
                if key.data.answered():
                    answers += 1
                    key.data.ask()
        for connection in opened:
            connection.socket.close()
    return answers, took


if __name__ == "__main__":
    counted, elapsed = load(
        int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.stdin.read().split("\n")
    )
    print(counted, elapsed)
