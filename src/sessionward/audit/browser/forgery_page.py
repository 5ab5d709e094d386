"""The page of another site that sends a request as soon as it is shown."""

from __future__ import annotations

import html
import json
from email import message_from_bytes
from email.policy import HTTP
from urllib.parse import parse_qsl

from sessionward.audit.driver import DriverError
from sessionward.http import Request

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
PLAIN = "text/plain"


def forgery_page(request: Request, how: str) -> str:
    """The page of the made-up site that sends the request as soon as it is shown."""
    target = html.escape(request.url)
    if how == "image":
        body = f'<img src="{target}">'
    elif how == "navigate":
        body = f"<script>location.href = {_script_text(request.url)}</script>"
    elif how == "form":
        enctype, pairs = form_fields(request)
        fields = "".join(
            f'<textarea name="{html.escape(name)}">\n{html.escape(value)}</textarea>' for name, value in pairs
        )
        # The method is called on the prototype: a field called “submit” would hide the form's own.
        body = (
            f'<form method="post" action="{target}" enctype="{enctype}">{fields}</form>'
            "<script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>"
        )
    elif how == "fetch":
        body = f"<script>{_script(request)}</script>"
    else:
        raise DriverError(f"A request cannot be forged by “{how}”; use navigate, image, form or fetch.")
    return f'<!doctype html><meta charset="utf-8"><title>Another site</title><body>{body}'


def framing_page(url: str) -> str:
    """The page of the made-up site that shows an address in a frame as large as itself."""
    style = "position:fixed;inset:0;width:100%;height:100%;border:0"
    frame = f'<iframe src="{html.escape(url)}" style="{style}"></iframe>'
    return f'<!doctype html><meta charset="utf-8"><title>Another site</title><body>{frame}'


def form_fields(request: Request) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The encoding and the fields by which a plain form sends the body of the request.

    Other media types are sent as text/plain, which writes a field as name=value: the body is parted at an equals
    sign of its own, so its bytes arrive as they are but for a line break at the end. A JSON object without one
    gets a last member whose text holds it.
    """
    kind = (request.header("content-type") or "").lower()
    body = request.body or b""
    if kind.startswith(MULTIPART):
        return MULTIPART, _multipart(request.header("content-type") or "", body)
    text = body.decode("utf-8", errors="replace")
    if kind.startswith(URLENCODED) or not body:
        return URLENCODED, tuple(parse_qsl(text, keep_blank_values=True))
    name, equals, value = text.partition("=")
    if equals:
        return PLAIN, ((name, value),)
    stripped = text.rstrip()
    if stripped.endswith("}") and _is_json(text):
        comma = "," if stripped[1:-1].strip() else ""
        return PLAIN, ((f'{stripped[:-1]}{comma}"sessionward":"', '"}'),)
    return PLAIN, ((text, ""),)


def _multipart(content_type: str, body: bytes) -> tuple[tuple[str, str], ...]:
    message = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body, policy=HTTP)
    pairs = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(payload, bytes) and part.get_filename() is None:
            pairs.append((name, payload.decode("utf-8", errors="replace")))
    return tuple(pairs)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _script(request: Request) -> str:
    """A script that sends the request with the cookies of the browser; any but a simple one has to be let first."""
    kind = request.header("content-type")
    options = {
        "method": request.method,
        "credentials": "include",
        "headers": {"Content-Type": kind} if kind else {},
        "body": request.body.decode(errors="replace") if request.body else None,
    }
    return f"fetch({_script_text(request.url)}, {_script_json(options)}).catch(() => undefined)"


def _script_json(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")


def _script_text(text: str) -> str:
    return json.dumps(text).replace("<", "\\u003c")
