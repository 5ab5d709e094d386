import asyncio
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from sessionward.demo.server import Certificate, serving, serving_in_thread
from tests.demo.trial import BY_HAND, Guest, make_settings


async def test_a_clinic_answers_as_soon_as_it_is_given_out_and_is_closed_at_the_end() -> None:
    async with httpx.AsyncClient() as http:
        async with serving(make_settings()) as url:
            assert url.startswith("http://127.0.0.1:")
            assert (await http.get(url)).status_code == 200
        with pytest.raises(httpx.ConnectError):
            await http.get(url)


async def test_two_clinics_run_side_by_side() -> None:
    async with serving(make_settings()) as first, serving(make_settings()) as second:
        assert first != second


def test_a_clinic_in_a_thread_answers_and_ends_with_its_block() -> None:
    with serving_in_thread(make_settings()) as url:
        assert httpx.get(f"{url}/login").status_code == 200
    assert "clinic" not in {thread.name for thread in threading.enumerate()}


async def test_the_clinic_is_closed_when_the_block_fails() -> None:
    with pytest.raises(ZeroDivisionError):
        async with serving(make_settings()) as url:
            raise ZeroDivisionError(url)
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []


async def test_a_port_that_is_taken_is_an_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            async with serving(make_settings(), port=taken.getsockname()[1]):
                pass


async def test_a_clinic_embedded_in_another_program_leaves_its_signals_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    async with serving(make_settings()):
        assert signal.getsignal(signal.SIGINT) is before


async def test_a_header_decides_neither_who_asks_nor_whether_it_is_https() -> None:
    async with (
        serving(make_settings(failed_logins=1, protections=BY_HAND)) as url,
        httpx.AsyncClient(base_url=url) as http,
    ):
        guest = Guest(http)
        answer = await guest.get("/login", {"x-forwarded-proto": "https"})
        assert "secure" not in answer.headers["set-cookie"].lower()
        assert "strict-transport-security" not in answer.headers
        assert (await guest.log_in(password="wrong")).status_code == 422
        http.headers["x-forwarded-for"] = "192.0.2.7"
        assert (await guest.log_in(password="wrong")).status_code == 429


def test_a_clinic_serves_by_https_with_a_certificate(tmp_path: Path) -> None:
    made = make_certificate(tmp_path)
    trusted = ssl.create_default_context(cafile=str(made.certificate))
    with serving_in_thread(make_settings(protections=BY_HAND), certificate=made) as url:
        assert url.startswith("https://")
        cookie = httpx.get(f"{url}/login", verify=trusted).headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie.split("; ")


def test_serving_until_interrupted_says_its_address_and_ends_quietly() -> None:
    script = (
        "from sessionward.demo.clinic_settings import Settings\n"
        "from sessionward.demo.server import serve\n"
        "serve(Settings(password_cost=2), ready=lambda url: print(url, flush=True))\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout
        assert process.stderr
        url = process.stdout.readline().strip()
        assert httpx.get(url).status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stderr.read() == ""


def make_certificate(folder: Path) -> Certificate:
    made = Certificate(certificate=folder / "certificate.pem", key=folder / "key.pem")
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
            ),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"),
            *("-keyout", str(made.key), "-out", str(made.certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return made
