"""Which headers an answer gets: settings, checked when the app starts, and what differs by route."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, Self

from sessionward.session.headers.content_policy import ENDPOINT, ContentPolicy
from sessionward.session.headers.sources import SELF, check_sources, checked_list
from sessionward.session.paths import checked_routes, route_of
from sessionward.session.policy import PolicyError

YEAR = 365 * 24 * 3600
REFERRERS = frozenset({"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"})
OPENERS = frozenset({"same-origin", "same-origin-allow-popups", "noopener-allow-popups"})
RESOURCES = frozenset({"same-origin", "same-site", "cross-origin"})
EMBEDDERS = frozenset({"require-corp", "credentialless"})
CLEARABLE = frozenset({"cache", "storage", "cookies", "clientHints", "prefetchCache", "prerenderCache"})
DENIED = MappingProxyType(
    dict.fromkeys(
        "accelerometer camera display-capture geolocation gyroscope hid magnetometer microphone midi payment "
        "serial usb".split(),
        (),
    )
)
"""Powerful features (W3C Permissions Policy) that no page of ours uses unless its route says so."""

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderPolicy:
    """The headers of an answer; None leaves a header to the app.

    `hsts` is for how many seconds browsers use nothing but https (RFC 6797), at least a year, or 0 to take it back;
    `hsts_subdomains` says so of all hosts below, `hsts_preload` asks browsers' makers to know it beforehand.
    `referrer`: "no-referrer" is allowed, though old browsers then send "Origin: null" with one's own forms.
    `permissions` is which origins may use a feature of the device: () nobody, ("'self'",) the page. `opener`,
    `resource` and `embedder` are the cross-origin policies COOP, CORP and COEP. `clear` is what the browser forgets
    at the end of a session (W3C Clear Site Data).

    Raises:
        PolicyError: a figure or a word means nothing or contradicts another.

    """

    content: ContentPolicy | None = field(default_factory=ContentPolicy)
    hsts: int | None = 2 * YEAR
    hsts_subdomains: bool = False
    hsts_preload: bool = False
    referrer: str | None = "same-origin"
    permissions: Mapping[str, Sequence[str]] = field(default_factory=lambda: DENIED)
    opener: Literal["same-origin", "same-origin-allow-popups", "noopener-allow-popups"] | None = "same-origin"
    resource: Literal["same-origin", "same-site", "cross-origin"] | None = "same-origin"
    embedder: Literal["require-corp", "credentialless"] | None = None
    clear: Sequence[str] = ("storage",)
    _made: dict[tuple[bool, bool], Pairs] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.hsts is not None and self.hsts != 0 and self.hsts < YEAR:
            raise PolicyError(
                f"hsts is {self.hsts}, and must be at least a year ({YEAR} seconds), or 0 to end it."
            )
        if (self.hsts_subdomains or self.hsts_preload) and not self.hsts:
            raise PolicyError("hsts_subdomains and hsts_preload mean nothing without hsts.")
        if self.hsts_preload and not self.hsts_subdomains:
            raise PolicyError(
                "hsts_preload needs hsts_subdomains: browsers preload a site with all its hosts."
            )
        _one_of("referrer", self.referrer, REFERRERS)
        _one_of("opener", self.opener, OPENERS)
        _one_of("resource", self.resource, RESOURCES)
        _one_of("embedder", self.embedder, EMBEDDERS)
        for word in checked_list("clear", self.clear):
            _one_of("clear", word, CLEARABLE)
        for feature, origins in self.permissions.items():
            if not feature.replace("-", "").isalpha() or not feature.isascii() or not feature.islower():
                raise PolicyError(f"permissions has {feature!r}, which is no feature's name.")
            check_sources(f"permissions for {feature}", origins)

    def allowing(self, *features: str, origins: Sequence[str] = (SELF,)) -> Self:
        """This policy with `features` of the device allowed, such as "camera" and "microphone" for a consultation."""
        return replace(self, permissions={**self.permissions, **dict.fromkeys(features, origins)})

    def headers(self, nonce: str | None, *, document: bool, secure: bool) -> Pairs:
        """The headers of an answer. A `document` is what may run scripts; `secure` is what came over TLS.

        `nonce` is None for an answer that a shared cache may keep.
        """
        made = self._made.get((document, secure))
        if made is None:
            made = [*self._protections(document=document, secure=secure), *self._framing(document=document)]
            self._made[document, secure] = made
        if self.content is None or not document:
            return [*made]
        return [*made, (self.content.header, self.content.text(nonce))]

    def _protections(self, *, document: bool, secure: bool) -> Iterator[tuple[str, str]]:
        yield "X-Content-Type-Options", "nosniff"
        if self.hsts is not None and secure:
            more = f"{'; includeSubDomains' * self.hsts_subdomains}{'; preload' * self.hsts_preload}"
            yield "Strict-Transport-Security", f"max-age={self.hsts}{more}"
        if self.referrer is not None:
            yield "Referrer-Policy", self.referrer
        if self.resource is not None:
            yield "Cross-Origin-Resource-Policy", self.resource
        if document and self.opener is not None:
            yield "Cross-Origin-Opener-Policy", self.opener
        if self.embedder is not None:
            yield "Cross-Origin-Embedder-Policy", self.embedder
        if document and self.permissions:
            features = (f"{name}=({_permitted(origins)})" for name, origins in self.permissions.items())
            yield "Permissions-Policy", ", ".join(features)

    def _framing(self, *, document: bool) -> Iterator[tuple[str, str]]:
        """What goes with the content policy, which itself is new for each document."""
        if self.content is None:
            return
        if not document:
            yield "Content-Security-Policy", self.content.framing
        elif self.content.report_to is not None:
            yield "Reporting-Endpoints", f'{ENDPOINT}="{self.content.report_to}"'
        framed_by = tuple(self.content.framed_by)
        if framed_by in {(), (SELF,)}:  # for browsers before 2017; it cannot name other sites
            yield "X-Frame-Options", "SAMEORIGIN" if framed_by else "DENY"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderPolicies:
    """A policy, and others for what lies below some routes; the longest counts.

    `behind_tls` says that a proxy takes the requests in over TLS, however they reach the app.

    Raises:
        PolicyError: a route is no plain prefix.

    """

    base: HeaderPolicy = field(default_factory=HeaderPolicy)
    routes: Mapping[str, HeaderPolicy] = field(default_factory=dict)
    behind_tls: bool = False

    def __post_init__(self) -> None:
        checked_routes("routes", self.routes)

    def of(self, path: str) -> HeaderPolicy:
        """The policy for what is at `path`."""
        route = route_of(path, self.routes)
        return self.base if route is None else self.routes[route]


def _one_of(what: str, value: str | None, words: frozenset[str]) -> None:
    if value is not None and value not in words:
        raise PolicyError(f"{what} is {value!r}, and must be one of {', '.join(sorted(words))}.")


def _permitted(origins: Sequence[str]) -> str:
    return " ".join("self" if origin == SELF else f'"{origin}"' for origin in origins)
