"""What a script of another origin is given to read."""

from __future__ import annotations

from sessionward.audit.driver import Tab
from sessionward.audit.observation import Readout
from sessionward.audit.probe import ReadAcross, foreign_origin
from sessionward.audit.scene import shown_in
from sessionward.http import Response


async def read_across(tab: Tab, probe: ReadAcross, start: str) -> Readout:
    """Let that origin ask in the live browser, and judge what it got by the markers. Raises DriverError."""
    heard = await tab.read_across(probe.exchange.request.url, foreign_origin(start, probe.origin))
    body = Response(status=200, body=heard.body.encode())
    return Readout(
        readable=heard.readable,
        shows=shown_in(probe.exchange.markers, body) if heard.readable else "nobody",
        cookies=heard.cookies,
        reason=heard.reason,
    )
