"""The pages that the menu with the way out leads to as well: they are mostly the account's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sessionward.audit.driver import DriverError, Screen, Tab
from sessionward.audit.explore.banners import clear
from sessionward.audit.explore.entrance import login_form
from sessionward.audit.explore.flows import LogoutFlow
from sessionward.audit.explore.groups import same_origin
from sessionward.audit.explore.handles import follow
from sessionward.audit.explore.menus import newly_shown
from sessionward.audit.explore.patience import drawn
from sessionward.audit.explore.screens import without_fragment
from sessionward.audit.explore.steps import links

MOST = 3
REFUSED = 400
"""From this status on an answer is no page of the account."""


async def pages_beside(
    tab: Tab, flow: LogoutFlow, seen: Collection[str], exclude: Sequence[str] = ()
) -> tuple[Screen, ...]:
    """The pages of that menu which are not among those ``seen``, opened one by one; none where there is no menu.

    A page that fails is left out, and so is one that is refused: what is not the account's must not pass for its own.
    """
    if not flow.path:
        return ()
    known = {without_fragment(url).rstrip("/") for url in seen}
    found = []
    for address in [each for each in await _offered(tab, flow, exclude) if each.rstrip("/") not in known][
        :MOST
    ]:
        try:
            screen = await drawn(tab, await tab.go(address))
        except DriverError:
            continue
        if screen.status >= REFUSED:
            continue
        if same_origin(flow.url, screen.url) and login_form(screen, name_alone=False) is None:
            found.append(screen)
    return tuple(found)


async def _offered(tab: Tab, flow: LogoutFlow, exclude: Sequence[str]) -> list[str]:
    """The addresses in the menu, the most promising first."""
    try:
        before = await clear(tab, await drawn(tab, await tab.go(flow.url)))
        opened = await follow(tab, before, flow.path)
    except DriverError:
        return []
    if opened is None:
        return []
    menu = replace(opened, elements=newly_shown(before, opened))
    return [address for _, address, _ in sorted(links(menu, flow.url, exclude), key=lambda one: -one[0])]
