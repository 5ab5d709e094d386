"""Reading across origins: a script of another origin asks for an address in the victim's own browser."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import Error, Page

from sessionward.audit.browser.attack import pretend
from sessionward.audit.browser.wire import Wire
from sessionward.audit.driver import DriverError, Heard
from sessionward.http import Request

SECONDS = 10.0
BLANK = '<!doctype html><meta charset="utf-8"><title>Another site</title><body>'
READ = """fetch(url, { credentials: "include", mode: "cors", cache: "no-store" })
  .then((answer) => answer.text())
  .then((body) => ({ body }), (error) => ({ error: String(error) }))"""
FROM_HERE = f"(url) => {READ}"
FROM_A_SANDBOX = f"""(url) => new Promise((done) => {{
  addEventListener("message", (event) => done(event.data));
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  const read = {READ!r};
  frame.srcdoc = `<script>const url = ${{JSON.stringify(url)}};
    ${{read}}.then((got) => parent.postMessage(got, "*"))</script>`;
  document.body.append(frame);
}})"""
"""A sandboxed frame has an origin that is equal to no other and is sent as “null” (HTML, section 7.1.1)."""


async def read_across(page: Page, url: str, origin: str, host: str) -> Heard:
    """Ask for ``url`` from a page at ``origin``, or where that is null from a sandboxed frame of one at ``host``.

    ``page`` is a fresh one of the victim's context. Raises DriverError where the page of that origin cannot be shown.
    """
    session = await page.context.new_cdp_session(page)
    wire = Wire(url)
    wire.watch(session)
    await session.send("Network.enable")
    at = host if origin == "null" else origin
    await pretend(session, at, BLANK)
    try:
        await page.goto(f"{at}/", wait_until="load", timeout=SECONDS * 1000)
        async with asyncio.timeout(SECONDS):
            got: dict[str, Any] = await page.evaluate(FROM_A_SANDBOX if origin == "null" else FROM_HERE, url)
    except TimeoutError:
        return Heard(readable=False, reason="no answer came in time")
    except Error as error:
        raise DriverError(f"The made-up site could not be shown: {error.message.splitlines()[0]}.") from None
    sent = wire.sent(Request(method="GET", url=url))
    if "body" in got:
        return Heard(readable=True, body=got["body"], cookies=sent.cookies, reason=sent.reason)
    why = sent.reason or "the browser let the other origin read nothing"
    return Heard(readable=False, cookies=sent.cookies, reason=why)
