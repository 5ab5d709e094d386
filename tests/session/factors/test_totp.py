from typing import get_args
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.factors.factor import Disproved, Factor, Proved
from sessionward.session.factors.totp import Algorithm, Totp, TotpSecret
from sessionward.session.state import Subject
from tests.session.factors.taking import ANA, NOW, Desk

SECRET = TotpSecret(key=b"12345678901234567890")
COUNTER = int(NOW // 30)
SEEDS: dict[Algorithm, bytes] = {
    "sha1": b"12345678901234567890",
    "sha256": b"12345678901234567890123456789012",
    "sha512": b"1234567890123456789012345678901234567890123456789012345678901234",
}


@pytest.mark.parametrize(
    "at,algorithm,code",
    [  # RFC 6238, appendix B
        (59, "sha1", "94287082"),
        (59, "sha256", "46119246"),
        (59, "sha512", "90693936"),
        (1111111109, "sha1", "07081804"),
        (1111111109, "sha256", "68084774"),
        (1111111109, "sha512", "25091201"),
        (1111111111, "sha1", "14050471"),
        (1111111111, "sha256", "67062674"),
        (1111111111, "sha512", "99943326"),
        (1234567890, "sha1", "89005924"),
        (1234567890, "sha256", "91819424"),
        (1234567890, "sha512", "93441116"),
        (2000000000, "sha1", "69279037"),
        (2000000000, "sha256", "90698825"),
        (2000000000, "sha512", "38618901"),
        (20000000000, "sha1", "65353130"),
        (20000000000, "sha256", "77737706"),
        (20000000000, "sha512", "47863826"),
    ],
)
def test_the_codes_are_those_of_the_standard(at: int, algorithm: Algorithm, code: str) -> None:
    secret = TotpSecret(key=SEEDS[algorithm], algorithm=algorithm, digits=8)
    assert secret.code(at // 30) == code
    assert Desk().ask(Totp(), secret, code, now=float(at)) == Proved(method="totp")


@pytest.mark.parametrize("off,taken", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_period(off: int, taken: bool) -> None:  # noqa: FBT001 - a table's column
    answer = Desk().ask(Totp(), SECRET, SECRET.code(COUNTER + off))
    assert isinstance(answer, Proved) is taken


def test_a_code_is_good_once_as_long_as_it_is_taken_at_all() -> None:
    factor: Factor[TotpSecret] = Totp()
    desk = Desk()
    code = SECRET.code(COUNTER)
    assert desk.ask(factor, SECRET, code) == Proved(method="totp")
    for now in (NOW, NOW + 29, NOW + 30, NOW + 59):
        desk.store.purge(now=now)
        assert desk.ask(factor, SECRET, code, now=now) is Disproved.USED
    assert desk.ask(factor, SECRET, code, now=NOW + 60) is Disproved.WRONG


def test_a_code_used_by_one_subject_is_no_others_loss() -> None:
    desk = Desk()
    code = SECRET.code(COUNTER)
    for subject in (ANA, Subject(tenant="south", id="ana"), Subject(tenant="north", id="ben")):
        assert desk.ask(Totp(), SECRET, code, subject=subject) == Proved(method="totp")


def test_two_authenticators_of_one_subject_use_up_their_own_codes() -> None:
    desk = Desk()
    other = TotpSecret.new()
    assert isinstance(desk.ask(Totp(), SECRET, SECRET.code(COUNTER)), Proved)
    assert isinstance(desk.ask(Totp(), other, other.code(COUNTER)), Proved)


def test_a_code_may_be_typed_as_it_is_shown() -> None:
    code = SECRET.code(COUNTER)
    assert isinstance(Desk().ask(Totp(), SECRET, f" {code[:3]} {code[3:]} "), Proved)


@given(st.text())
def test_whatever_is_typed_is_only_wrong(text: str) -> None:
    valid = {SECRET.code(COUNTER + off) for off in (-1, 0, 1)}
    answer = Desk().ask(Totp(), SECRET, text)
    assert isinstance(answer, Proved) or text not in valid


def test_digits_of_other_scripts_are_no_code() -> None:
    code = SECRET.code(COUNTER).translate({ord("0") + n: 0x660 + n for n in range(10)})
    assert Desk().ask(Totp(), SECRET, code) is Disproved.WRONG


def test_without_a_secret_no_code_is_right_not_even_nobodys() -> None:
    nobodys = TotpSecret(key=bytes(20))
    assert Desk().ask(Totp(), None, nobodys.code(COUNTER)) is Disproved.WRONG
    assert Totp().begin(ANA, None, NOW) == Totp().begin(ANA, SECRET, NOW)


@pytest.mark.parametrize("algorithm", get_args(Algorithm))
def test_a_new_secret_is_as_long_as_its_hash_and_told_in_its_address(algorithm: Algorithm) -> None:
    secret = TotpSecret.new(algorithm=algorithm, digits=8)
    address = urlsplit(secret.address(issuer="North Clinic", account="ana@example.org"))
    assert (address.scheme, address.netloc, address.path) == (
        "otpauth",
        "totp",
        "/North%20Clinic:ana%40example.org",
    )
    assert parse_qs(address.query) == {
        "secret": [secret.base32],
        "issuer": ["North Clinic"],
        "algorithm": [algorithm.upper()],
        "digits": ["8"],
        "period": ["30"],
    }
    assert secret != TotpSecret.new(algorithm=algorithm, digits=8)


def test_a_secret_does_not_show() -> None:
    assert "1234" not in repr(SECRET)


@pytest.mark.parametrize("issuer,account", [("", "ana"), ("clinic", ""), ("a:b", "ana"), ("clinic", "a:b")])
def test_an_address_that_would_be_read_wrongly_is_refused(issuer: str, account: str) -> None:
    with pytest.raises(ValueError, match="colon"):
        SECRET.address(issuer=issuer, account=account)


def test_settings_that_protect_nothing_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        TotpSecret(key=bytes(15))
    with pytest.raises(ValueError, match="digits"):
        TotpSecret(key=bytes(20), digits=4)
    with pytest.raises(ValueError, match="period"):
        TotpSecret(key=bytes(20), period=0)
    with pytest.raises(ValueError, match="window"):
        Totp(window=50)
