import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sessionward.cli.exits import UsageError
from sessionward.cli.log_sinks import SinkFailed, sink

LINES = [b"one", b"two \xc3\xa4"]
FRAMES = b"3 one6 two \xc3\xa4"


class Collector:
    """Listens on the loopback and keeps what came."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._context = context
        self.port: int = self._server.getsockname()[1]
        self.came = b""
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        connection, _ = self._server.accept()
        connection.settimeout(10)
        try:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            while part := connection.recv(7):
                self.came += part
            if isinstance(connection, ssl.SSLSocket):
                connection = connection.unwrap()
        except ssl.SSLError:
            pass  # the client did not trust us
        finally:
            connection.close()

    def all(self) -> bytes:
        self._thread.join(10)
        self._server.close()
        return self.came


@contextmanager
def datagrams() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(10)
        yield receiver


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    path = folder / "both.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    )
    names = ["-addext", "subjectAltName=DNS:localhost"]
    try:
        subprocess.run(
            [*command.split(), *names, "-keyout", str(path), "-out", str(folder / "cert.pem")],
            check=True,
            capture_output=True,
        )
    except FileNotFoundError:
        pytest.skip("openssl is not on this machine: install the package openssl.")
    path.write_bytes(path.read_bytes() + (folder / "cert.pem").read_bytes())
    return path


def listening(certificate: Path) -> Collector:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return Collector(context)


def test_entries_are_appended_to_a_file_that_others_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for _ in range(2):
        with sink(str(path)) as place:
            place.send([b"one\n"])
    assert path.read_bytes() == b"one\none\n"
    assert path.stat().st_mode & 0o077 == 0


def test_by_udp_each_entry_is_a_datagram() -> None:
    with datagrams() as receiver:
        with sink(f"udp://127.0.0.1:{receiver.getsockname()[1]}") as place:
            place.send(LINES)
        assert [receiver.recv(999), receiver.recv(999)] == LINES


def test_by_tcp_each_entry_has_its_length_before_it() -> None:
    collector = Collector()
    with sink(f"tcp://127.0.0.1:{collector.port}") as place:
        place.send(LINES[:1])
        place.send(LINES[1:])
    assert collector.all() == FRAMES


def test_by_tls_entries_go_to_a_collector_that_is_trusted(certificate: Path) -> None:
    collector = listening(certificate)
    with sink(f"tls://localhost:{collector.port}", certificate) as place:
        place.send(LINES)
    assert collector.all() == FRAMES


def test_by_tls_nothing_goes_to_a_collector_that_is_not_trusted(certificate: Path) -> None:
    collector = listening(certificate)
    with pytest.raises(SinkFailed, match="certificate"), sink(f"tls://localhost:{collector.port}"):
        pytest.fail("it was trusted")
    assert collector.all() == b""


def test_a_collector_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(SinkFailed, match="did not take"), sink(f"tcp://127.0.0.1:{port}"):
        pytest.fail("somebody listened")


@pytest.mark.parametrize(
    "place", ["http://x", "tcp://", "tcp://x/path", "tls://a@x", "tcp://x:99999", "udp://x?y", "tcp://x:0x1"]
)
def test_a_place_that_names_no_collector_is_wrong_use(place: str) -> None:
    with pytest.raises(UsageError, match="collector"), sink(place):
        pytest.fail("it was reached")
