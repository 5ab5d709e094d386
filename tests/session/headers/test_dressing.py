import re

from sessionward.session.headers.content_policy import ContentPolicy
from sessionward.session.headers.dressing import Dressing, policies_of
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy

HTML = {"content-type": ("text/html",)}


def begin(policies: HeaderPolicies | HeaderPolicy | None = None, path: str = "/") -> Dressing:
    return Dressing.begin(policies_of(policies), path, secure=False)


def test_each_answer_has_a_nonce_of_its_own_of_128_bits() -> None:
    nonces = {begin().nonce for _ in range(100)}
    assert len(nonces) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", nonce) for nonce in nonces)


def test_the_policy_bears_the_nonce() -> None:
    dressing = begin()
    assert f"'nonce-{dressing.nonce}'" in dict(dressing.amendment(200, HTML).add)["Content-Security-Policy"]


def test_a_page_that_a_cache_may_show_to_several_people_gets_no_nonce() -> None:
    dressing = begin()
    made = dict(dressing.amendment(200, HTML | {"cache-control": ("public, max-age=60",)}).add)
    assert "nonce-" not in made["Content-Security-Policy"]


def test_a_page_that_the_browser_kept_keeps_its_policy() -> None:
    made = dict(begin().amendment(304, {}).add)
    assert "Content-Security-Policy" not in made
    assert made["X-Content-Type-Options"] == "nosniff"


def test_at_the_end_of_a_session_the_browser_forgets_what_was_stored() -> None:
    dressing = begin(HeaderPolicy(clear=["cache", "storage"]))
    assert "Clear-Site-Data" not in dict(dressing.amendment(200, HTML).add)
    dressing.ended = True
    assert dict(dressing.amendment(303, {}).add)["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in dict(dressing.amendment(303, {"clear-site-data": ('"*"',)}).add)
    silent = begin(HeaderPolicy(clear=[]))
    silent.ended = True
    assert "Clear-Site-Data" not in dict(silent.amendment(200, HTML).add)


def test_where_no_policy_goes_by_nonce_there_is_none() -> None:
    policies = HeaderPolicies(
        routes={
            "/static": HeaderPolicy(content=ContentPolicy(nonce=False, scripts=["'self'"])),
            "/bare": HeaderPolicy(content=None),
        }
    )
    assert [begin(policies, path).nonce for path in ("/static/x", "/bare")] == ["", ""]
    made = dict(begin(policies, "/static/x").amendment(200, HTML).add)
    assert "script-src 'self';" in made["Content-Security-Policy"]


def test_behind_a_proxy_that_takes_tls_every_request_came_over_it() -> None:
    made = dict(begin(HeaderPolicies(behind_tls=True)).amendment(200, HTML).add)
    assert "Strict-Transport-Security" in made
    assert "Strict-Transport-Security" not in dict(begin().amendment(200, HTML).add)
