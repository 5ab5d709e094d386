"""A request as the defence against forgery sees it, whatever the framework."""

import logging
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from sessionward.session.forgery.judge import Doubt, Sent, changes_something, judge
from sessionward.session.forgery.masked_token import masked, matches, secret_for
from sessionward.session.forgery.rules import ForgeryRules
from sessionward.session.policy import PolicyError

VISITOR_COOKIE = "__Host-visitor"
PROTECTIONS = "Path=/; Secure; HttpOnly; SameSite=Lax"
VISITOR = re.compile(r"[A-Za-z0-9_-]{43}")
TOKEN_HEADERS = ("x-csrf-token", "x-csrftoken")
FIELD = "csrf_token"
LONGEST_SEGMENT = 20
LONGEST_ORIGIN = 200

REFUSAL_TYPE = "text/plain; charset=utf-8"
REFUSAL = (
    "403\nThis request did not come from a page of this site, so nothing was done. "
    "Open the page again and repeat it.\n"
)

logger = logging.getLogger("sessionward.forgery")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRequest:
    """What is told of a refused request: no secret. Long parts of its path, which may be one, are left out."""

    doubt: Doubt
    method: str
    path: str
    origin: str | None


OnRefusal = Callable[[RefusedRequest], None]


class Arrival:
    """A request that came, what is doubted about it, and the form tokens that its answer shows."""

    def __init__(self, rules: ForgeryRules, sent: Sent) -> None:
        self.doubt = judge(rules, sent)
        self._rules = rules
        self._sent = sent
        self._minted: str | None = None

    @property
    def awaits_token(self) -> bool:
        """Whether a form token can still lift the doubt."""
        return self.doubt is Doubt.UNTOLD and bool(self._rules.keys)

    @property
    def token_in_header(self) -> str | None:
        """The form token that a script sent as a header."""
        return next((found for name in TOKEN_HEADERS if (found := self._sent.only(name)) is not None), None)

    @property
    def content_type(self) -> str:
        """Of what kind the body is, empty where the request does not say."""
        return self._sent.only("content-type") or ""

    def show(self, token: str | None) -> None:
        """Lift the doubt if it awaits a token and `token` is one that this browser was shown."""
        if self.awaits_token:
            self.doubt = None if self._is_right(token) else Doubt.WRONG_TOKEN

    def mark(self) -> None:
        """Judge the request as one whose handler changes something whatever the method, if it was not already."""
        if not changes_something(self._rules, self._sent):
            self._sent = replace(self._sent, marked=True)
            self.doubt = judge(self._rules, self._sent)

    def refused(self) -> RefusedRequest:
        """What to tell of the refusal, which is logged."""
        origin = self._sent.only("origin")
        made = RefusedRequest(
            doubt=self.doubt or Doubt.UNTOLD,
            method=self._sent.method[:LONGEST_SEGMENT],
            path="/".join(map(_short, self._sent.path.split("/"))),
            origin=None if origin is None else origin[:LONGEST_ORIGIN],
        )
        logger.warning(
            "%s: refused %r to %r, %s (%r).",
            made.doubt.name,
            made.method,
            made.path,
            made.doubt.value,
            made.origin,
        )
        return made

    def secret(self, *, handed_out: str | None = None, ending: bool = False) -> str:
        """What form tokens in the answer hide. `handed_out` is the session's new token if the answer brings one.

        With `ending` the answer takes the session's token away. A visitor without a session is given a cookie of
        their own for it, which `new_cookie` sets: nothing is stored.

        Raises:
            PolicyError: the rules have no keys.

        """
        if not self._rules.keys:
            raise PolicyError("Form tokens need keys in ForgeryRules.")
        session = None if ending else handed_out or self._session()
        binding = _of_session(session) if session else _of_visitor(self._visitor() or self._mint())
        return secret_for(self._rules.keys[0], binding)

    def token(self, *, handed_out: str | None = None, ending: bool = False) -> str:
        """A form token, masked anew. Raises as `secret` does."""
        return masked(self.secret(handed_out=handed_out, ending=ending))

    @property
    def minted(self) -> str | None:
        """The value of the visitor's cookie that the answer must set, None if it needs not."""
        return self._minted

    @property
    def new_cookie(self) -> str | None:
        """The Set-Cookie that the answer must bring, None if it needs none."""
        return None if self._minted is None else f"{VISITOR_COOKIE}={self._minted}; {PROTECTIONS}"

    def _is_right(self, token: str | None) -> bool:
        session, visitor = self._session(), self._visitor()
        if token is None or (not session and visitor is None):
            return False
        binding = _of_session(session) if session else _of_visitor(visitor or "")
        return matches(self._rules.keys, binding, token)

    def _session(self) -> str:
        """What the session cookies hold. With one of them a visitor's cookie counts for nothing."""
        names = self._rules.session_cookies
        return "\n".join(value for name, value in self._sent.cookies() if name in names)

    def _visitor(self) -> str | None:
        found = [value for name, value in self._sent.cookies() if name == VISITOR_COOKIE]
        return found[0] if len(found) == 1 and VISITOR.fullmatch(found[0]) else None

    def _mint(self) -> str:
        self._minted = self._minted or secrets.token_urlsafe(32)
        return self._minted


def token_field(token: str) -> str:
    """The hidden field of a form that holds `token`; the first one, if the form has uploads."""
    return f'<input type="hidden" name="{FIELD}" value="{token}">'


def _of_session(value: str) -> str:
    return f"session:{value}"


def _of_visitor(value: str) -> str:
    return f"visitor:{value}"


def _short(segment: str) -> str:
    return segment if len(segment) <= LONGEST_SEGMENT else "…"
