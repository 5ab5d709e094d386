import asyncio

import pytest
from playwright.async_api import Error

from sessionward.audit.browser.failure import network_failure, shown, spoken, spoken_error
from sessionward.audit.driver import DriverError, TargetUnreachable


@pytest.mark.parametrize(
    "code,words",
    [
        ("net::ERR_CONNECTION_REFUSED", "nothing listens there"),
        ("net::ERR_NAME_NOT_RESOLVED", "the host name is not known"),
        ("net::ERR_EMPTY_RESPONSE", "is it http or https"),
    ],
)
def test_a_target_that_is_not_there_is_unreachable(code: str, words: str) -> None:
    failure = network_failure(f"Page.goto: {code} at http://clinic.test/", "http://clinic.test/")
    assert isinstance(failure, TargetUnreachable)
    assert words in str(failure)


def test_a_distrusted_certificate_says_what_to_set() -> None:
    failure = network_failure("net::ERR_CERT_AUTHORITY_INVALID", "https://clinic.test/")
    assert not isinstance(failure, TargetUnreachable)
    assert "verify_tls = false" in str(failure)


def test_a_code_that_says_nothing_of_the_target_is_no_failure_of_it() -> None:
    assert network_failure("net::ERR_ABORTED", "http://clinic.test/") is None


def test_an_address_is_shown_without_what_may_be_secret() -> None:
    assert shown("https://ana:pw@clinic.test/reset?token=abc#def") == "https://clinic.test/reset"


def test_a_crash_is_told_as_one_sentence() -> None:
    error = spoken_error(
        Error("Page.click: Target page, context or browser has been closed\nCall log:\n - x"), "x"
    )
    assert "may have crashed" in str(error)
    assert "\n" not in str(error)


async def test_what_never_ends_is_bounded() -> None:
    with pytest.raises(DriverError, match=r"did not answer for 0.01 s while waiting"):
        async with spoken("waiting", within=0.01):
            await asyncio.Event().wait()


async def test_a_failure_of_the_browser_becomes_ours() -> None:
    with pytest.raises(DriverError, match="The browser failed while drawing: odd"):
        async with spoken("drawing"):
            raise Error("odd.")


async def test_our_own_errors_pass_as_they_are() -> None:
    with pytest.raises(TargetUnreachable, match="gone"):
        async with spoken("drawing"):
            raise TargetUnreachable("gone")
