"""Why a page was not drawn in the frame of another site, and whether the app took what was clicked on there."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from sessionward.http import Exchange

NO_COOKIE = "the browser sent no cookie into the frame (SameSite), so nobody is logged in there"


def framed_document(made: Sequence[Exchange], url: str) -> Exchange | None:
    """The exchange of the page that was to be framed, after redirects: the last document that is no page of its own."""
    documents = [one for one in made if one.resource == "document" and not one.navigation]
    return documents[-1] if documents else next((one for one in made if one.request.url == url), None)


def why_not_drawn(framed: Exchange | None, cookies: Sequence[str]) -> str:
    """In words: the app's headers forbid it, the browser kept the cookies back, or the app showed another page."""
    if framed is None:
        return "the frame asked for nothing"
    response = framed.response
    policy = (response.header("content-security-policy") or "").lower() if response else ""
    option = (response.header("x-frame-options") or "").strip() if response else ""
    if "frame-ancestors" in policy:
        rule = next(part for part in policy.split(";") if "frame-ancestors" in part).strip()
        return f"its Content-Security-Policy says “{rule}”"
    if option:
        return f"its X-Frame-Options says “{option}”"
    if response is None:
        return f"the frame stayed empty ({framed.error})"
    if not cookies:
        return NO_COOKIE
    return f"the frame shows another page (status {response.status})"


def why_not_own(cookies: Sequence[str]) -> str:
    """The form is there without the account's data in it: some apps offer the same one to visitors."""
    if not cookies:
        return f"{NO_COOKIE}; the form is drawn as it is for visitors"
    return "the form in it does not hold what the account's own holds"


def led_to(made: Exchange) -> str:
    """The path to which the app leads on after a request, empty where it answers by itself."""
    to = made.response.header("location") if made.response and made.status in range(300, 400) else None
    return urlsplit(urljoin(made.request.url, to)).path if to else ""


def otherwise(own: str, made: Exchange) -> str:
    """How the answer differs from the one that led on to ``own`` when the app's page had sent the same, in words.

    Many an app refuses by leading on: to the page for logging in, or back to the form.
    """
    to = led_to(made)
    if to == own:
        return ""
    return f"led to {to}" if to else "answered by a page of its own"
