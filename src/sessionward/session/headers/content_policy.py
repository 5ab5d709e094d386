"""The content security policy (W3C CSP Level 3), strict by default: scripts run by nonce, nothing frames the page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sessionward.session.headers.sources import SELF, check_scripts, check_sources, checked_list
from sessionward.session.policy import PolicyError

NONCE = "{nonce}"
POLICY_NAME = re.compile(r"[A-Za-z0-9#=_/@.%-]+")
REPORT_ADDRESS = re.compile(r"(?:https://[A-Za-z0-9.:_-]+)?/[A-Za-z0-9._~/?=&%-]*")
ENDPOINT = "csp"
NOBODY = "'none'"
ELSEWHERE = ("connect", "frames", "forms", "framed_by")
ALSO_LOCAL = ("images", "fonts", "media", "workers")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentPolicy:
    """Where what a page loads may come from, as in CSP: "'self'" with its quotes, or "https://cdn.example".

    With `nonce` a script or style runs only with the answer's own nonce (and what such a script loads). `scripts` are
    hashes of scripts that run besides; without `nonce` also "'self'" and hosts. `framed_by` is who may show the page
    in a frame; `forms` where forms may be sent. `style_attributes` allows style="…" in the markup, and nothing else
    inline. `trusted_types` names the policies that may make markup from text (W3C Trusted Types), none by default;
    None leaves scripts free to write markup. `report_to` is where browsers tell of breaches, a path or an https
    address; with `report_only` they do nothing else, which is for trying out.

    Raises:
        PolicyError: a source lets in anything, or the policy contradicts itself.

    """

    nonce: bool = True
    scripts: Sequence[str] = ()
    styles: Sequence[str] = (SELF,)
    style_attributes: bool = False
    images: Sequence[str] = (SELF, "data:")
    fonts: Sequence[str] = (SELF,)
    media: Sequence[str] = (SELF,)
    connect: Sequence[str] = (SELF,)
    frames: Sequence[str] = ()
    workers: Sequence[str] = (SELF,)
    forms: Sequence[str] = (SELF,)
    framed_by: Sequence[str] = ()
    trusted_types: Sequence[str] | None = ()
    report_to: str | None = None
    report_only: bool = False
    _text: str = field(init=False, repr=False, compare=False)
    _without_nonce: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_scripts(self.scripts, nonce=self.nonce)
        check_sources("styles", self.styles, inline=True)
        for name in ELSEWHERE:
            check_sources(name, getattr(self, name))
        for name in ALSO_LOCAL:
            check_sources(name, getattr(self, name), local=True)
        for name in () if self.trusted_types is None else checked_list("trusted_types", self.trusted_types):
            if POLICY_NAME.fullmatch(name) is None:
                raise PolicyError(
                    f"trusted_types has {name!r}, and must hold the names of policies, no wildcard."
                )
        if self.report_to is not None and REPORT_ADDRESS.fullmatch(self.report_to) is None:
            raise PolicyError(f"report_to is {self.report_to!r}, and must be a path or an https address.")
        if self.report_only and self.report_to is None:
            raise PolicyError("report_only without report_to does nothing at all: say where to report to.")
        object.__setattr__(self, "_text", self._made(nonce=self.nonce))
        object.__setattr__(self, "_without_nonce", self._made(nonce=False))

    def text(self, nonce: str | None) -> str:
        """The policy for an answer whose nonce is `nonce`; None for one that may be shown to several people."""
        return self._without_nonce if nonce is None else self._text.replace(NONCE, nonce)

    @property
    def framing(self) -> str:
        """What is left of the policy for answers that are no documents: who may show them in a frame."""
        return _line("frame-ancestors", self.framed_by)

    @property
    def header(self) -> str:
        """The header's name."""
        return f"Content-Security-Policy{'-Report-Only' if self.report_only else ''}"

    def _made(self, *, nonce: bool) -> str:
        return "; ".join(self._directives(nonce=nonce))

    def _directives(self, *, nonce: bool) -> Iterator[str]:
        own = (f"'nonce-{NONCE}'",) if nonce else ()
        # beside a nonce, hosts and 'self' count for nothing, so that a file somebody uploaded is no script
        dynamic = ("'strict-dynamic'",) if self.nonce else ()
        yield "default-src 'none'"
        yield _line("script-src", (*own, *dynamic, *self.scripts))
        yield _line("style-src", (*own, *self.styles))
        if self.style_attributes:
            yield "style-src-attr 'unsafe-inline'"
        names = {"images": "img", "fonts": "font", "media": "media", "connect": "connect", "frames": "frame"}
        for name, short in (names | {"workers": "worker"}).items():
            yield _line(f"{short}-src", getattr(self, name))
        yield "manifest-src 'self'"
        yield "object-src 'none'"
        yield "base-uri 'none'"
        yield _line("form-action", self.forms)
        yield self.framing
        if self.trusted_types is not None:
            yield "require-trusted-types-for 'script'"
            yield _line("trusted-types", self.trusted_types)
        if self.report_to is not None:
            yield f"report-uri {self.report_to}"  # for browsers that do not know Reporting-Endpoints
            yield f"report-to {ENDPOINT}"


def _line(directive: str, sources: Sequence[str]) -> str:
    return f"{directive} {' '.join(sources or (NOBODY,))}"
