"""Which requests a person caused, and which only a script."""

from collections.abc import Callable

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def by_person(method: str, header: Callable[[str], str | None]) -> bool:
    """Whether a person caused the request: by a click, a typed address, a form, and not a poll or a prefetch.

    `header` gives the value of a request's header by its name in small letters. Browsers say themselves who caused
    a request (W3C Fetch Metadata); one that does not is taken to have navigated if it asks for a page.
    """
    if header("sec-purpose") is not None:
        return False
    if method not in SAFE_METHODS:
        return True
    mode = header("sec-fetch-mode")
    if mode is not None:
        return mode == "navigate" and header("sec-fetch-user") == "?1"
    return "text/html" in (header("accept") or "")
