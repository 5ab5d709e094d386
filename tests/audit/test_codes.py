import asyncio
import os
from email.message import EmailMessage
from pathlib import Path

import pytest

from sessionward.audit.codes import LoginCodes, MailSource, TotpSource, code_in, totp

SECRET = "JBSWY3DPEHPK3PXP"


def mail(to: str, subject: str, body: str, *, html: bool = False) -> EmailMessage:
    message = EmailMessage()
    message["To"], message["Subject"] = to, subject
    message.set_content(body, subtype="html" if html else "plain")
    return message


@pytest.mark.parametrize(
    "at, code", [(59, "287082"), (1111111109, "081804"), (2000000000, "279037"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    """RFC 6238, appendix B, the last six of its eight digits."""
    assert totp(b"12345678901234567890", at) == code


async def test_a_code_is_never_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000_000_010.0]
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr("sessionward.audit.codes.sleep", sleep)
    source = TotpSource(SECRET, now=lambda: clock[0])
    first, second = await source(), await source()
    assert first == totp(b"Hello!\xde\xad\xbe\xef", 1_000_000_010)
    assert second == totp(b"Hello!\xde\xad\xbe\xef", 1_000_000_040)
    assert slept == [10.5]


async def test_a_used_code_is_given_to_the_next_login_while_it_is_good() -> None:
    clock = [1_000_000_010.0]
    source = TotpSource(SECRET, now=lambda: clock[0])
    first, second = await LoginCodes(source)(), await LoginCodes(source)()
    assert first == second
    clock[0] += 30
    third = LoginCodes(source)
    assert await third() != first
    assert not third.repeated


async def test_a_login_that_asks_once_more_gets_a_fresh_code_and_no_used_one_is_given_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [1_000_000_010.0]

    async def sleep(seconds: float) -> None:
        clock[0] += seconds

    monkeypatch.setattr("sessionward.audit.codes.sleep", sleep)
    source = TotpSource(SECRET, now=lambda: clock[0])
    first, login = await LoginCodes(source)(), LoginCodes(source)
    given = [(await login(), login.repeated), (await login(), login.repeated)]
    assert given[0] == (first, True)
    assert given[1][0] not in {first, None}
    assert given[1][1] is False
    other = LoginCodes(source)
    assert await other() not in {first, None}
    assert source.refuses_repeats
    assert not other.repeated


async def test_a_mail_is_waited_for_at_each_login() -> None:
    codes = iter(("111111", "222222"))

    async def mailed() -> str | None:
        return next(codes)

    assert [await LoginCodes(mailed)(), await LoginCodes(mailed)()] == ["111111", "222222"]


async def test_logins_that_wait_side_by_side_get_different_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000_000_010.0]

    async def sleep(seconds: float) -> None:
        until = clock[0] + seconds
        await asyncio.sleep(0)
        clock[0] = max(clock[0], until)

    monkeypatch.setattr("sessionward.audit.codes.sleep", sleep)
    source = TotpSource(SECRET, now=lambda: clock[0])
    given = await asyncio.gather(source(), source(), source())
    assert len(set(given)) == 3


def test_a_secret_that_is_no_base32_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match=r"."):
        TotpSource("not base32!")


@pytest.mark.parametrize(
    "subject, body, code",
    [
        ("Your code", "Enter 482913 to go on. It is good for 10 minutes.", "482913"),
        ("Code: 771 204", "no digits here", "771204"),
        ("Hello", "See https://h/x/123456/y or call +46-555555", ""),
    ],
)
def test_the_code_is_found_in_body_or_subject(subject: str, body: str, code: str) -> None:
    assert code_in(mail("Ana <ana@example.org>", subject, body), "ana@example.org") == code


def test_styles_of_a_page_are_no_codes() -> None:
    body = "<style>p{color:#123456;width:600000px}</style><p>Your code is <b>904417</b></p>"
    assert code_in(mail("ana@example.org", "x", body, html=True), "ana@example.org") == "904417"


def test_a_mail_to_somebody_else_is_not_read() -> None:
    assert code_in(mail("ben@example.org", "x", "482913"), "ana@example.org") == ""


async def test_only_mails_that_arrive_later_count(tmp_path: Path) -> None:
    (tmp_path / "old.eml").write_bytes(mail("ana@example.org", "x", "111111").as_bytes())
    source = MailSource(tmp_path, "ana@example.org")
    (tmp_path / "other.eml").write_bytes(mail("ben@example.org", "x", "222222").as_bytes())
    (tmp_path / "new.eml").write_bytes(mail("ana@example.org", "x", "333333").as_bytes())
    os.utime(tmp_path / "other.eml", (1, 1))
    assert await source() == "333333"
