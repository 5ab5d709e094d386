"""How long an app that says “too many requests” asks us to wait."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime

from sessionward.audit.scene import TOO_MANY_REQUESTS
from sessionward.http import Exchange, Response

RESETS = ("ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset")
"""When the count begins anew, in seconds from now or as a moment of Unix time, as apps differ."""
MOMENTS = 1_000_000_000
"""Larger numbers are moments."""


def asked_pause(response: Response | None, *, usual: float) -> float:
    """Seconds until the app will answer again, as its headers say; ``usual`` where they say nothing."""
    return next(_wishes(response), usual) if response else usual


def was_one_too_many(exchanges: Sequence[Exchange]) -> bool:
    """Whether the last that was sent, of the exchanges of a login, was answered with “too many requests”."""
    last = sent_last(exchanges)
    return last is not None and last.status == TOO_MANY_REQUESTS


def sent_last(exchanges: Sequence[Exchange]) -> Exchange | None:
    """The last exchange that may change state: of a login, its form."""
    return next((exchange for exchange in reversed(exchanges) if not exchange.request.safe), None)


def _wishes(response: Response) -> Iterator[float]:
    """By Retry-After (RFC 9110, section 10.2.3), then by the headers of rate limits."""
    after = (response.header("retry-after") or "").strip()
    if after.isdecimal():
        yield float(after)
    elif after:
        try:
            moment = parsedate_to_datetime(after)
        except ValueError:
            pass  # not a date either: it says nothing
        else:
            yield _from_now((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    for name in RESETS:
        said = (response.header(name) or "").strip()
        if said.isdecimal():
            yield _from_now(float(said)) if float(said) > MOMENTS else float(said)


def _from_now(moment: float) -> float:
    return max(0.0, moment - time.time())
