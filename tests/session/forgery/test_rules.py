from typing import Any

import pytest

from sessionward.session.forgery.rules import ForgeryRules
from sessionward.session.policy import PolicyError

OWN = "https://portal.example"


def made(settings: dict[str, Any]) -> ForgeryRules:
    return ForgeryRules(**{"origins": [OWN], **settings})


@pytest.mark.parametrize(
    "written,spelled",
    [
        ("https://portal.example", "https://portal.example"),
        ("https://Portal.Example:443", "https://portal.example"),
        ("HTTPS://portal.example", "https://portal.example"),
        ("https://portal.example:8443", "https://portal.example:8443"),
        ("https://münchen.example", "https://xn--mnchen-3ya.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://[2001:DB8:0::1]", "https://[2001:db8::1]"),
    ],
)
def test_an_origin_is_spelled_as_browsers_do(written: str, spelled: str) -> None:
    assert ForgeryRules(origins=[written]).own == {spelled}


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "null",
        "",
        "portal.example",
        "https://*.portal.example",
        "https://portal.example/",
        "https://portal.example/path",
        "https://portal.example?x",
        "https://portal.example.",
        "https://ana@portal.example",
        "https://portal.example:99999",
        "ftp://portal.example",
        "https://por tal.example",
        "https://",
        "https://a..b",
    ],
)
@pytest.mark.parametrize("setting", ["origins", "trusted"])
def test_what_is_no_origin_is_refused(origin: str, setting: str) -> None:
    with pytest.raises(PolicyError, match=rf"^{setting} has "):
        made({setting: [origin]})


def test_an_origin_without_encryption_is_refused_beyond_this_machine() -> None:
    with pytest.raises(PolicyError, match="use https"):
        ForgeryRules(origins=["http://portal.example"])


@pytest.mark.parametrize(
    "settings,message",
    [
        ({"origins": []}, "origins is empty"),
        ({"origins": OWN}, "must be a list of origins"),
        ({"exempt": ["/"]}, "leave every request unjudged"),
        ({"exempt": ["hook"]}, "exempt has 'hook'"),
        ({"public": "/static"}, "list of routes"),
        ({"state_changing": ["/a/"]}, "state_changing has"),
        ({"keys": [b"short"]}, "at least 32 random bytes"),
        ({"keys": ["k" * 32]}, "at least 32 random bytes"),
        ({"session_cookies": "__Host-session"}, "list of cookies' names"),
        ({"session_cookies": ["a b"]}, "list of cookies' names"),
        ({"harmless_cookies": ["__Host-session"]}, "cannot be harmless"),
    ],
)
def test_rules_that_mean_nothing_are_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        made(settings)


def test_the_rules_do_not_show_their_keys() -> None:
    assert "secret" not in repr(ForgeryRules(origins=[OWN], keys=[b"secret" * 8]))
