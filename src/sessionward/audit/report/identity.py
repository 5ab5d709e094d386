"""What makes two findings of two audits the same one, however the app was reached.

Rule: the check and the places decide, nothing else. Host, port, query and the values in an address (a record's
number, a uuid, a hash) are left out: the demo answers at another port each time, and tomorrow's record has another
number. The message is left out too, for it tells figures that were measured.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from sessionward.audit.check import Place

VALUE = re.compile(r"(?!v\d+$)(?=.*\d)[\w.-]+|‹[^›]*›", re.IGNORECASE)
"""A part of a path that names one record and not a kind of page: it has a digit, and is no version of an interface."""
IN_PLACE = "{}"


def spot(method: str, url: str) -> str:
    """The place as a kind of address: ``GET /records/{}``."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:  # an address that an app wrote need not be one
        path = url
    parts = [IN_PLACE if VALUE.fullmatch(part) else part for part in path.split("/")]
    return f"{method.upper()} {'/'.join(parts) or '/'}"


def spots(where: Iterable[Place]) -> frozenset[str]:
    """The places as kinds of addresses."""
    return frozenset(spot(place.method, place.url) for place in where)


def fingerprint(check: str, where: Iterable[Place]) -> str:
    """32 hexadecimal digits that stay the same from audit to audit."""
    text = "\n".join([check, *sorted(spots(where))])
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
