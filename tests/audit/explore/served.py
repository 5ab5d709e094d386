"""Serves a small app of the tests to a real browser, on a free port of this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sessionward.http import Request
from tests.audit.explore.fake_tab import Handler


@contextmanager
def served(app: Handler) -> Iterator[str]:
    """The address at which the app answers until the end of the block."""

    class Answerer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length) if length else None
            headers = tuple((key.lower(), value) for key, value in self.headers.items())
            address = f"http://{self.headers['host']}{self.path}"
            response = app(Request(method=self.command, url=address, headers=headers, body=body))
            lines = [f"HTTP/1.1 {response.status} X", *(f"{key}: {value}" for key, value in response.headers)]
            head = "\r\n".join([*lines, f"content-length: {len(response.body)}", "", ""])
            self.wfile.write(head.encode() + response.body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answerer)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
