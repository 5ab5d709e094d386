"""What Playwright and Chromium say when something fails, as sentences for a person."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from playwright.async_api import Error

from sessionward.audit.driver import DriverError, TargetUnreachable

UNREACHABLE = {
    "ERR_CONNECTION_REFUSED": "nothing listens there",
    "ERR_NAME_NOT_RESOLVED": "the host name is not known",
    "ERR_ADDRESS_UNREACHABLE": "there is no way to that address",
    "ERR_ADDRESS_INVALID": "that address cannot be connected to",
    "ERR_INTERNET_DISCONNECTED": "this machine has no network",
    "ERR_NETWORK_CHANGED": "the network changed",
    "ERR_CONNECTION_TIMED_OUT": "it does not answer",
    "ERR_TIMED_OUT": "it does not answer",
    "ERR_CONNECTION_RESET": "the connection was reset",
    "ERR_CONNECTION_CLOSED": "the connection was closed",
    "ERR_CONNECTION_ABORTED": "the connection was broken off",
    "ERR_EMPTY_RESPONSE": "it closes the connection without an answer; is it http or https?",
    "ERR_PROXY_CONNECTION_FAILED": "the proxy does not answer",
}
FAULTS = {
    "ERR_CERT_": "its certificate is not trusted; set verify_tls = false under [target] if that is intended",
    "ERR_SSL_": "it does not speak TLS as it should; is it http or https?",
    "ERR_TOO_MANY_REDIRECTS": "it redirects in a circle",
    "ERR_INVALID_HTTP_RESPONSE": "it does not speak HTTP; is it http or https?",
    "ERR_UNSAFE_PORT": "the browser refuses that port",
    "ERR_RESPONSE_HEADERS_": "its response headers contradict each other",
    "ERR_CONTENT_DECODING_FAILED": "its answer cannot be decompressed",
    "ERR_INCOMPLETE_CHUNKED_ENCODING": "it broke its answer off",
    "ERR_CONTENT_LENGTH_MISMATCH": "it broke its answer off",
    "ERR_HTTP2_PROTOCOL_ERROR": "it breaks the rules of HTTP/2",
}
GONE = (
    "has been closed",
    "Target closed",
    "Target crashed",
    "Page crashed",
    "Connection closed",
    "Browser closed",
)
DETACHED = (
    "not attached",
    "Execution context was destroyed",
    "JSHandle is disposed",
    "Cannot find context",
    "detached",
)


def is_gone(error: Error) -> bool:
    """Whether the page, its browser or the connection to it is no more."""
    return any(sign in error.message for sign in GONE)


def is_detached(error: Error) -> bool:
    """Whether the page changed under what was held of it."""
    return any(sign in error.message for sign in DETACHED)


def network_failure(code: str, url: str) -> DriverError | None:
    """The error for one of Chromium's codes, None for a code that says nothing about the target."""
    for sign, words in UNREACHABLE.items():
        if sign in code:
            return TargetUnreachable(f"{shown(url)} cannot be reached: {words}.")
    for sign, words in FAULTS.items():
        if sign in code:
            return DriverError(f"{shown(url)} cannot be opened: {words}.")
    return None


def shown(url: str) -> str:
    """An address as a message may show it: without query and fragment, which may hold secrets."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def spoken_error(error: Error, doing: str) -> DriverError:
    """The error for whatever else Playwright says while ``doing``."""
    if is_gone(error):
        return DriverError(
            f"The browser or its page was gone while {doing}; it may have crashed or run out of memory."
        )
    if is_detached(error):
        return DriverError(f"The page changed while {doing}.")
    first = error.message.strip().splitlines()[0] if error.message.strip() else "no reason was given"
    return DriverError(f"The browser failed while {doing}: {first.rstrip('.')}.")


@asynccontextmanager
async def spoken(doing: str, *, within: float = 30.0) -> AsyncIterator[None]:
    """Turn any failure of the browser into a DriverError that says what was being done; bound it in seconds.

    A page whose script never ends answers nothing, and Playwright sets no bound on an evaluation.
    """
    try:
        async with asyncio.timeout(within):
            yield
    except TimeoutError:
        raise DriverError(f"The page did not answer for {within:g} s while {doing}.") from None
    except Error as error:
        raise spoken_error(error, doing) from None
