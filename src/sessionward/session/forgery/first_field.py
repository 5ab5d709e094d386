"""The form token in the beginning of a body, so that an upload is never held in memory to find it."""

import re
from urllib.parse import parse_qsl

LONGEST_LOOK = 64 * 1024
FIELDS = ("csrf_token", "csrfmiddlewaretoken")
BOUNDARY = re.compile(r";\s*boundary=(?:\"([^\"\r\n]{1,70})\"|([^\s;\",]{1,70}))", re.IGNORECASE)
FIRST_PART = re.compile(
    rb"""
    (?P<head>(?:[A-Za-z0-9-]+:[^\r\n]{0,500}\r\n){1,8}) \r\n
    (?P<value>[^\r\n]{0,200}) \r\n --
    """,
    re.VERBOSE,
)
NAME = re.compile(rb';\s*name="([^"\r\n]{0,100})"')
MOST_FIELDS = 1000


def token_in_form(content_type: str, body: bytes, *, whole: bool) -> str | None:
    """The token among the fields of a form, of which `body` is the beginning, or the whole.

    In a form with uploads it must be the first field. JSON and plain text have no fields: their token is a header.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return _in_pairs(body if whole else body.rpartition(b"&")[0])
    if kind == "multipart/form-data":
        return _in_first_part(content_type, body)
    return None


def _in_pairs(body: bytes) -> str | None:
    try:
        pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return None
    found = [value for name, value in pairs if name in FIELDS]
    return found[0] if len(found) == 1 else None


def _in_first_part(content_type: str, body: bytes) -> str | None:
    boundary = BOUNDARY.search(content_type)
    if boundary is None:
        return None
    opening = f"--{boundary[1] or boundary[2]}\r\n".encode("latin-1", "replace")
    body = body.removeprefix(b"\r\n")  # the shortest preamble (RFC 2046, section 5.1.1)
    part = FIRST_PART.match(body, len(opening)) if body.startswith(opening) else None
    name = NAME.search(part["head"]) if part is not None else None
    if part is None or name is None or name[1].decode("latin-1") not in FIELDS:
        return None
    return part["value"].decode("latin-1")
