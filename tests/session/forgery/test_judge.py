from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.forgery.judge import Doubt, Sent, changes_something, judge
from sessionward.session.forgery.rules import ForgeryRules

OWN = "https://portal.example"
TRUSTED = "https://www.clinic.example"
RULES = ForgeryRules(
    origins=[OWN],
    trusted=[TRUSTED],
    exempt=["/saml/acs"],
    public=["/static"],
    state_changing=["/unsubscribe"],
    harmless_cookies=["balancer"],
)


def sent(method: str = "POST", path: str = "/transfer", **headers: str | tuple[str, ...]) -> Sent:
    """A request with `headers`, whose names are written with underscores."""
    found = {
        name.replace("_", "-"): value if isinstance(value, tuple) else (value,)
        for name, value in headers.items()
    }
    path, _, query = path.partition("?")
    return Sent(method=method, path=path, query=query, headers=found)


CHANGING: list[tuple[str, dict[str, Any], Doubt | None]] = [
    ("our own form", {"sec_fetch_site": "same-origin", "origin": OWN}, None),
    ("our own form under no-referrer", {"sec_fetch_site": "same-origin", "origin": "null"}, None),
    ("our own fetch that a proxy stripped of Origin", {"sec_fetch_site": "same-origin"}, None),
    (
        "another site's form",
        {"sec_fetch_site": "cross-site", "origin": "https://evil.example"},
        Doubt.CROSS_SITE,
    ),
    ("another site's form, without Origin", {"sec_fetch_site": "cross-site"}, Doubt.CROSS_SITE),
    ("a site that claims to be ours", {"sec_fetch_site": "cross-site", "origin": OWN}, Doubt.CROSS_SITE),
    (
        "a taken-over subdomain",
        {"sec_fetch_site": "same-site", "origin": "https://old.portal.example"},
        Doubt.SAME_SITE,
    ),
    ("a trusted origin of another site", {"sec_fetch_site": "cross-site", "origin": TRUSTED}, None),
    ("a trusted origin in an old browser", {"origin": TRUSTED}, None),
    ("a typed address", {"sec_fetch_site": "none"}, Doubt.UNTOLD),
    ("a restored tab that resubmits our form", {"sec_fetch_site": "none", "origin": OWN}, None),
    ("a typed address that redirected here", {"sec_fetch_site": "none", "origin": "null"}, Doubt.NULL_ORIGIN),
    ("an old browser, our own form", {"origin": OWN}, None),
    ("an old browser, another's form", {"origin": "https://evil.example"}, Doubt.OTHER_ORIGIN),
    ("an old browser, a sandboxed frame", {"origin": "null"}, Doubt.NULL_ORIGIN),
    ("another port", {"origin": f"{OWN}:8443"}, Doubt.OTHER_ORIGIN),
    ("the default port spelled out", {"origin": f"{OWN}:443"}, Doubt.OTHER_ORIGIN),
    ("another scheme", {"origin": "http://portal.example"}, Doubt.OTHER_ORIGIN),
    ("other letters", {"origin": "https://PORTAL.example"}, Doubt.OTHER_ORIGIN),
    ("a dot at the end", {"origin": f"{OWN}."}, Doubt.OTHER_ORIGIN),
    ("a longer host", {"origin": f"{OWN}.evil.example"}, Doubt.OTHER_ORIGIN),
    ("a letter that looks alike", {"origin": "https://pоrtal.example"}, Doubt.OTHER_ORIGIN),
    ("an empty Origin", {"origin": ""}, Doubt.OTHER_ORIGIN),
    ("two in one", {"origin": f"{OWN}, https://evil.example"}, Doubt.OTHER_ORIGIN),
    ("nothing said", {}, Doubt.UNTOLD),
    ("only a Referer", {"referer": f"{OWN}/form"}, Doubt.UNTOLD),
    ("two origins", {"origin": (OWN, "https://evil.example")}, Doubt.UNCLEAR),
    ("the same origin twice", {"origin": (OWN, OWN)}, Doubt.UNCLEAR),
    ("two sites", {"sec_fetch_site": ("same-origin", "cross-site"), "origin": OWN}, Doubt.UNCLEAR),
    ("a site that nobody knows", {"sec_fetch_site": "sideways", "origin": OWN}, Doubt.UNCLEAR),
    ("sites joined by a proxy", {"sec_fetch_site": "same-origin, cross-site"}, Doubt.UNCLEAR),
    (
        "an origin that the rules lack",
        {"sec_fetch_site": "same-origin", "origin": "https://b.example"},
        Doubt.OTHER_ORIGIN,
    ),
]


@pytest.mark.parametrize("headers,doubt", [case[1:] for case in CHANGING], ids=[case[0] for case in CHANGING])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get", ""])
def test_a_request_that_changes_something_must_be_our_own(
    method: str, headers: dict[str, Any], doubt: Doubt | None
) -> None:
    assert judge(RULES, sent(method, **headers)) is doubt


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
def test_what_kind_the_body_is_excuses_nothing(kind: str) -> None:
    assert judge(RULES, sent(sec_fetch_site="cross-site", content_type=kind)) is Doubt.CROSS_SITE


LINK = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}


@pytest.mark.parametrize(
    "method,path,headers,doubt",
    [
        ("GET", "/me", LINK, None),
        ("GET", "/me", LINK | {"sec_fetch_site": "same-site"}, None),
        ("GET", "/me", LINK | {"sec_fetch_dest": "iframe"}, Doubt.EMBEDDED),
        ("GET", "/me", LINK | {"sec_fetch_dest": "object"}, Doubt.EMBEDDED),
        ("GET", "/me", LINK | {"sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"}, Doubt.EMBEDDED),
        ("GET", "/me", LINK | {"sec_fetch_mode": "cors", "sec_fetch_dest": "empty"}, Doubt.EMBEDDED),
        ("GET", "/me", {"sec_fetch_site": "cross-site"}, Doubt.EMBEDDED),
        ("HEAD", "/me", LINK, Doubt.EMBEDDED),
        ("OPTIONS", "/me", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "cors"}, Doubt.EMBEDDED),
        ("OPTIONS", "/me", {"sec_fetch_site": "cross-site", "origin": TRUSTED}, None),
        ("GET", "/static/logo.png", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}, None),
        ("GET", "/static/../me", {"sec_fetch_site": "cross-site"}, Doubt.EMBEDDED),
        ("GET", "/me", {"sec_fetch_site": "same-origin"}, None),
        ("GET", "/me", {"sec_fetch_site": "none"}, None),
        ("GET", "/me", {}, None),
        ("GET", "/unsubscribe", LINK, Doubt.CROSS_SITE),
        ("GET", "/unsubscribe/", LINK, Doubt.CROSS_SITE),
        ("GET", "/unsubscribe", {"sec_fetch_site": "none"}, Doubt.UNTOLD),
        ("GET", "/unsubscribe", {"sec_fetch_site": "same-origin"}, None),
        ("HEAD", "/unsubscribe/all", LINK, Doubt.CROSS_SITE),
        ("OPTIONS", "/unsubscribe", LINK, Doubt.CROSS_SITE),
        ("GET", "/graphql?_method=DELETE", LINK, Doubt.CROSS_SITE),
        ("GET", "/x?a=1&%5Fmethod=", LINK, Doubt.CROSS_SITE),
        ("GET", "/x", LINK | {"x_http_method_override": "DELETE"}, Doubt.CROSS_SITE),
        ("GET", "/x", LINK | {"x_http_method": "GET"}, Doubt.CROSS_SITE),
        ("GET", "/x", LINK | {"x_method_override": ("", "PUT")}, Doubt.CROSS_SITE),
        ("POST", "/saml/acs", {"sec_fetch_site": "cross-site", "origin": "https://idp.example"}, None),
        ("POST", "/saml/acs/../../transfer", {"sec_fetch_site": "cross-site"}, Doubt.CROSS_SITE),
    ],
)
def test_links_may_be_followed_and_nothing_else_of_other_sites_gets_through(
    method: str, path: str, headers: dict[str, str], doubt: Doubt | None
) -> None:
    assert judge(RULES, sent(method, path, **headers)) is doubt


@pytest.mark.parametrize("dest,doubt", [("iframe", None), ("document", None), ("object", Doubt.EMBEDDED)])
def test_an_app_that_others_show_in_a_frame_says_so(dest: str, doubt: Doubt | None) -> None:
    rules = ForgeryRules(origins=[OWN], framed=True)
    assert judge(rules, sent("GET", "/", **LINK | {"sec_fetch_dest": dest})) is doubt
    assert judge(rules, sent("POST", "/", **LINK | {"sec_fetch_dest": dest})) is Doubt.CROSS_SITE


def test_a_handler_that_changes_something_upon_get_is_judged_by_its_mark() -> None:
    marked = Sent(method="GET", path="/x", headers={"sec-fetch-site": ("cross-site",)}, marked=True)
    assert judge(RULES, marked) is Doubt.CROSS_SITE


@pytest.mark.parametrize(
    "headers,doubt",
    [
        ({"origin": OWN}, None),
        ({"origin": OWN, "sec_fetch_site": "same-origin"}, None),
        ({"origin": TRUSTED, "sec_fetch_site": "cross-site"}, None),
        ({"origin": "https://evil.example"}, Doubt.OTHER_ORIGIN),
        ({"origin": "null", "sec_fetch_site": "same-origin"}, Doubt.OTHER_ORIGIN),
        ({}, Doubt.SILENT_SOCKET),
        ({"sec_fetch_site": "same-origin"}, Doubt.SILENT_SOCKET),
        ({"cookie": "__Host-session=x"}, Doubt.SILENT_SOCKET),
        ({"authorization": "Bearer abc"}, None),
        ({"authorization": "Bearer abc", "cookie": "__Host-session=x"}, Doubt.SILENT_SOCKET),
    ],
)
def test_a_websocket_says_where_it_comes_from_or_brings_its_own_authority(
    headers: dict[str, str], doubt: Doubt | None
) -> None:
    found = {name.replace("_", "-"): (value,) for name, value in headers.items()}
    assert judge(RULES, Sent(method="GET", path="/live", headers=found, websocket=True)) is doubt


@pytest.mark.parametrize(
    "headers,exempt",
    [
        ({"authorization": "Bearer abc"}, True),
        ({"authorization": "bearer  abc"}, True),
        ({"authorization": "DPoP abc"}, True),
        ({"authorization": "Bearer abc", "cookie": "balancer=7"}, True),
        ({"authorization": "Bearer abc", "cookie": "__Host-session=x"}, False),
        ({"authorization": "Bearer abc", "cookie": "balancer=7; other=1"}, False),
        ({"authorization": "Bearer abc", "cookie": ("balancer=7", "other=1")}, False),
        ({"authorization": "Bearer abc", "cookie": "nameless"}, False),
        ({"authorization": "Bearer"}, False),
        ({"authorization": "Bearer  "}, False),
        ({"authorization": ("Bearer abc", "Basic eDp5")}, False),
        ({"authorization": "Basic eDp5"}, False),
        ({"authorization": "Negotiate abc"}, False),
    ],
)
def test_a_bearer_token_excuses_only_what_browsers_add_nothing_to(
    headers: dict[str, Any], *, exempt: bool
) -> None:
    doubt = judge(RULES, sent(**headers, sec_fetch_site="cross-site", origin="https://evil.example"))
    assert (doubt is None) == exempt


NAMES = ("origin", "referer", "cookie", "content-type", "x-http-method-override", "x-requested-with", "host")
VALUES = st.one_of(
    st.sampled_from(
        [OWN, "null", "https://evil.example", "", "POST", "application/json", "__Host-session=a"]
    ),
    st.text(max_size=20),
)
HEADERS = st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, max_size=2).map(tuple), max_size=5)
METHODS = st.one_of(st.sampled_from(["POST", "PUT", "DELETE", "GET", "HEAD", "OPTIONS"]), st.text(max_size=8))
PATHS = st.one_of(
    st.sampled_from(["/transfer", "/unsubscribe", "/static/a", "/saml/acs/../x"]), st.text(max_size=12)
)


@given(
    method=METHODS,
    path=PATHS,
    site=st.sampled_from(["cross-site", "same-site"]),
    headers=HEADERS,
    websocket=st.booleans(),
)
def test_nothing_that_another_site_sent_ever_changes_something(
    method: str,
    path: str,
    site: str,
    headers: dict[str, tuple[str, ...]],
    *,
    websocket: bool,
) -> None:
    forged = Sent(
        method=method, path=path, headers=headers | {"sec-fetch-site": (site,)}, websocket=websocket
    )
    assert judge(RULES, forged) is not None or not changes_something(RULES, forged)


@given(METHODS, PATHS, HEADERS, st.text(max_size=30))
def test_in_an_old_browser_only_our_own_origin_or_a_token_lets_a_change_through(
    method: str, path: str, headers: dict[str, tuple[str, ...]], origin: str
) -> None:
    request = Sent(method=method, path=path, headers=headers | {"origin": (origin,)})
    if changes_something(RULES, request):
        assert (judge(RULES, request) is None) == (origin in {OWN, TRUSTED})


@given(METHODS, PATHS, HEADERS)
def test_our_own_pages_are_never_refused(method: str, path: str, headers: dict[str, tuple[str, ...]]) -> None:
    own = headers | {"origin": (OWN,), "sec-fetch-site": ("same-origin",)}
    assert judge(RULES, Sent(method=method, path=path, headers=own)) is None
