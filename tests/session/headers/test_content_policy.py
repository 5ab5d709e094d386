from typing import Any

import pytest

from sessionward.session.headers.content_policy import ContentPolicy
from sessionward.session.policy import PolicyError

HASH = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


def directives(policy: ContentPolicy, nonce: str | None = "N") -> dict[str, str]:
    parts = (part.partition(" ") for part in policy.text(nonce).split("; "))
    return {name: value for name, _, value in parts}


def test_the_default_runs_scripts_by_nonce_and_lets_nobody_frame_the_page() -> None:
    assert directives(ContentPolicy()) == {
        "default-src": "'none'",
        "script-src": "'nonce-N' 'strict-dynamic'",
        "style-src": "'nonce-N' 'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "media-src": "'self'",
        "connect-src": "'self'",
        "frame-src": "'none'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def test_what_several_people_may_be_shown_runs_no_script_by_nonce() -> None:
    made = directives(ContentPolicy(scripts=[HASH]), None)
    assert made["script-src"] == f"'strict-dynamic' {HASH}"
    assert made["style-src"] == "'self'"


def test_without_a_nonce_scripts_come_from_where_it_says() -> None:
    made = directives(ContentPolicy(nonce=False, scripts=["'self'", HASH]))
    assert made["script-src"] == f"'self' {HASH}"


def test_an_app_says_where_else_things_come_from() -> None:
    made = directives(
        ContentPolicy(
            connect=["'self'", "wss://live.example"],
            frames=["https://pay.example"],
            forms=["'self'", "https://login.example"],
            framed_by=["https://hospital.example"],
            style_attributes=True,
            trusted_types=["dompurify", "default"],
        )
    )
    assert made["connect-src"] == "'self' wss://live.example"
    assert made["frame-src"] == "https://pay.example"
    assert made["form-action"] == "'self' https://login.example"
    assert made["frame-ancestors"] == "https://hospital.example"
    assert made["style-src-attr"] == "'unsafe-inline'"
    assert made["trusted-types"] == "dompurify default"


def test_trusted_types_may_be_left_out() -> None:
    made = directives(ContentPolicy(trusted_types=None))
    assert not {"trusted-types", "require-trusted-types-for"} & made.keys()


def test_it_may_only_report_for_a_start() -> None:
    policy = ContentPolicy(report_to="/csp-reports", report_only=True)
    assert policy.header == "Content-Security-Policy-Report-Only"
    assert directives(policy)["report-uri"] == "/csp-reports"
    assert directives(policy)["report-to"] == "csp"
    assert ContentPolicy().header == "Content-Security-Policy"


@pytest.mark.parametrize(
    "settings,message",
    [
        ({"scripts": ["'unsafe-inline'"]}, "scripts has 'unsafe-inline'"),
        ({"styles": ["'unsafe-inline'"]}, "styles has"),
        ({"framed_by": ["*"]}, "framed_by has"),
        ({"forms": ["https://*.example"]}, "forms has"),
        ({"connect": ["data:"]}, "connect has"),
        ({"images": ["https:"]}, "images has"),
        ({"trusted_types": ["*"]}, "no wildcard"),
        ({"trusted_types": ["a b"]}, "no wildcard"),
        ({"trusted_types": "default"}, "must be a list"),
        ({"report_to": "http://reports.example/"}, "a path or an https address"),
        ({"report_to": '/x"; y'}, "a path or an https address"),
        ({"report_only": True}, "does nothing at all"),
    ],
)
def test_a_policy_that_lets_anything_in_is_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        ContentPolicy(**settings)
