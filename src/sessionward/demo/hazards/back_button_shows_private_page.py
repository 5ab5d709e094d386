"""Pages say `no-cache`, which was taken to mean that nothing is kept, and no script looks after the Back button.

`no-cache` lets a browser keep a page and asks only that it is checked again, which going back does not do.
"""

from dataclasses import replace

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _only_no_cache(_scope: Scope, headers: MutableHeaders) -> None:
    if headers.get("content-type", "").startswith("text/html"):
        headers["cache-control"] = "no-cache"


def _apply(settings: Settings) -> Settings:
    retouches = (*settings.protections.retouches, _only_no_cache)
    return replace(settings, protections=replace(settings.protections, retouches=retouches, back_guard=False))


HAZARD = Hazard(
    id="back-button-shows-private-page",
    title="After the logout the Back button shows the page again",
    implies={
        "private-page-cacheable": "pages with private data lack no-store, so browsers keep them on disk"
    },
    apply=_apply,
)
