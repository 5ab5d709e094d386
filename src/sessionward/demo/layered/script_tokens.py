"""The tokens of pages' scripts. Each belongs to one session, and is good for nothing once that is over."""

from collections.abc import Callable
from dataclasses import dataclass

from sessionward.asgi import Subject
from sessionward.demo.random_tokens import digest_of, new_token

EACH = 200
"""Tokens that one session holds at most; each page that fetches with one asks for its own."""
MOST = 20_000
"""Tokens of all sessions; the oldest goes first."""
PREFIX = "script-"
"""Tells them from the access tokens of the session layer, which looks at the same header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The session that a page was opened in."""

    subject: Subject
    handle: str


class ScriptTokens:
    """What each token belongs to, by the token's digest. Whether that session lives is the session layer's to say."""

    def __init__(self) -> None:
        """No token was given out."""
        self._pages: dict[bytes, Page] = {}

    def issue(self, page: Page) -> str:
        """A token for that page's session."""
        token = f"{PREFIX}{new_token()}"
        own = [digest for digest, each in self._pages.items() if each == page]
        for digest in own[: max(0, len(own) + 1 - EACH)]:
            del self._pages[digest]
        if len(self._pages) >= MOST:
            del self._pages[next(iter(self._pages))]
        self._pages[digest_of(token)] = page
        return token

    def page(self, token: str) -> Page | None:
        """What `token` belongs to."""
        return self._pages.get(digest_of(token))

    def forget(self, subject: Subject) -> None:
        """No token of this subject is good for anything."""
        self._keep(lambda page: page.subject != subject)

    def sweep(self, page: Page) -> None:
        """That page's session is over."""
        self._keep(lambda each: each != page)

    def _keep(self, wanted: Callable[[Page], bool]) -> None:
        self._pages = {digest: page for digest, page in self._pages.items() if wanted(page)}
