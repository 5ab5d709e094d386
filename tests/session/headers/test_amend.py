import pytest

from sessionward.session.headers.amend import KNOWN, amend, is_document, lets_scripts_in, may_be_shared
from sessionward.session.headers.content_policy import ContentPolicy
from sessionward.session.headers.dressing import Dressing
from sessionward.session.headers.header_policy import YEAR, HeaderPolicy

OURS = HeaderPolicy().headers("N", document=True, secure=True)


def becomes(name: str, *theirs: str) -> list[str]:
    """What an answer says in the header in the end."""
    change = amend({name.lower(): theirs}, OURS)
    kept = [] if name.lower() in change.drop else [*theirs]
    return [*kept, *(value for key, value in change.add if key.lower() == name.lower())]


@pytest.mark.parametrize(
    "name,theirs",
    [
        ("X-Frame-Options", "SAMEORIGIN"),
        ("X-Content-Type-Options", "nosniff"),
        ("Strict-Transport-Security", f"max-age={3 * YEAR}; includeSubDomains"),
        ("Referrer-Policy", "no-referrer"),
        ("Referrer-Policy", "unsafe-url, strict-origin"),
        ("Permissions-Policy", "camera=(self)"),
        ("Cross-Origin-Opener-Policy", "same-origin-allow-popups"),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("Content-Security-Policy", "script-src 'self'"),
        ("Content-Security-Policy", "default-src 'none'"),
    ],
)
def test_what_the_app_set_on_purpose_stays(name: str, theirs: str) -> None:
    assert becomes(name, theirs) == [theirs]


@pytest.mark.parametrize(
    "name,theirs",
    [
        ("X-Frame-Options", ["ALLOWALL"]),
        ("X-Frame-Options", ["ALLOW-FROM https://evil.example"]),
        ("X-Frame-Options", ["DENY", "SAMEORIGIN"]),
        ("X-Content-Type-Options", ["none"]),
        ("Strict-Transport-Security", ["max-age=300"]),
        ("Strict-Transport-Security", ["includeSubDomains"]),
        ("Strict-Transport-Security", ["max-age=0", f"max-age={3 * YEAR}"]),
        ("Referrer-Policy", ["unsafe-url"]),
        ("Referrer-Policy", ["same-origin", "unsafe-url"]),
        ("Cross-Origin-Opener-Policy", ["unsafe-none"]),
    ],
)
def test_what_is_weaker_yields(name: str, theirs: list[str]) -> None:
    ours = dict(OURS)[name]
    assert becomes(name, *theirs) == [ours]


def test_a_content_policy_that_lets_scripts_in_stays_beside_ours() -> None:
    assert becomes("Content-Security-Policy", "img-src *") == [
        "img-src *",
        dict(OURS)["Content-Security-Policy"],
    ]


@pytest.mark.parametrize(
    "policies,opened",
    [
        (["img-src *"], True),
        ([""], True),
        (["script-src 'unsafe-inline'"], True),
        (["Default-Src 'self' 'UNSAFE-INLINE'"], True),
        (["script-src *"], True),
        (["script-src https:"], True),
        (["script-src 'self'; script-src *"], False),
        (["script-src 'unsafe-inline' 'nonce-x'"], False),
        (["script-src 'nonce-x' 'strict-dynamic' https: 'unsafe-inline'"], False),
        (["script-src 'none'"], False),
        (["script-src *", "script-src 'self'"], False),
        (["script-src *, script-src 'self'"], False),
    ],
)
def test_a_content_policy_is_open_where_an_injected_script_runs(policies: list[str], *, opened: bool) -> None:
    assert lets_scripts_in(tuple(policies)) == opened


@pytest.mark.parametrize("name", ["X-Frame-Options", "Permissions-Policy", "Content-Security-Policy"])
def test_one_header_of_the_apps_keeps_none_of_our_others_away(name: str) -> None:
    added = {key for key, _ in amend({name.lower(): ("default-src 'none'",)}, OURS).add}
    assert {key for key, _ in OURS} - added <= {name}


def test_a_header_that_nobody_set_is_added_once() -> None:
    change = amend({}, OURS)
    assert change.add == OURS


@pytest.mark.parametrize(
    "said,shared",
    [
        (["public, max-age=60"], True),
        (["max-age=60, s-maxage=600"], True),
        (["public"], True),
        (["s-maxage=0"], False),
        (["private"], False),
        (["no-store"], False),
        (["public, no-store"], False),
        (["public", "private"], False),
        (["max-age=60"], False),
        ([], False),
    ],
)
def test_what_a_cache_may_show_to_several_people_is_known(said: list[str], *, shared: bool) -> None:
    assert may_be_shared(tuple(said)) == shared


@pytest.mark.parametrize(
    "kind,document",
    [
        (None, True),
        ("text/html; charset=utf-8", True),
        ("TEXT/HTML", True),
        ("image/svg+xml", True),
        ("application/xhtml+xml", True),
        ("text/javascript", True),
        ("application/json", False),
        ("image/png", False),
        ("application/pdf", False),
        ("text/css", False),
    ],
)
def test_a_document_is_what_may_run_scripts(kind: str | None, *, document: bool) -> None:
    assert is_document(kind) == document


def test_all_headers_of_ours_are_known() -> None:
    content = ContentPolicy(report_only=True, report_to="/csp")
    reporting = HeaderPolicy(content=content, embedder="require-corp")
    dressing = Dressing(policy=reporting, nonce="N", secure=True, ended=True)
    names = {name.lower() for name, _ in (*OURS, *dressing.amendment(200, {}).add)}
    assert names == KNOWN
