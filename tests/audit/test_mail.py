import asyncio
import smtplib
import socket
import stat
from email.message import EmailMessage

import pytest

from sessionward.audit.codes import MailSource
from sessionward.audit.config import ConfigError
from sessionward.audit.mail import receiving


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def send(port: int, to: str, text: str, *, name: str = "") -> None:
    message = EmailMessage()
    message["To"], message["Subject"] = "undisclosed-recipients:;", "Your code"
    message.set_content(text)
    with smtplib.SMTP("127.0.0.1", port) as client:
        if name:
            client.login(name, "whatever")
        client.send_message(message, "clinic@example.org", [to])


async def test_a_code_sent_to_the_account_is_read_whatever_the_mail_says_of_its_receiver() -> None:
    port = free_port()
    async with receiving("127.0.0.1", port) as directory:
        source = MailSource(directory, "ana@example.org")
        await asyncio.to_thread(send, port, "ben@example.org", "Your code is 111111.")
        await asyncio.to_thread(send, port, "ana@example.org", "Your code is 482913.\n.\nBye")
        assert await source() == "482913"


async def test_an_app_that_gives_a_name_and_a_password_is_let_in() -> None:
    port = free_port()
    async with receiving("127.0.0.1", port) as directory:
        await asyncio.to_thread(send, port, "ana@example.org", "482913", name="clinic")
        assert len(list(directory.glob("*.eml"))) == 1


async def test_mails_are_private_and_gone_in_the_end() -> None:
    async with receiving("127.0.0.1", free_port()) as directory:
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert not directory.exists()


async def test_a_port_that_is_taken_is_one_sentence() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        port = int(one.getsockname()[1])
        with pytest.raises(ConfigError, match=f"No mail can be taken in at 127.0.0.1:{port}") as told:
            async with receiving("127.0.0.1", port):
                pass
    assert "\n" not in str(told.value)
