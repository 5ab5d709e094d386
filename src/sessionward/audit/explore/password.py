"""Changing the password through the app's own form. Finding that form is ``password_search``'s work."""

from __future__ import annotations

from typing import Literal

from sessionward.audit.driver import DriverError, Screen, Tab
from sessionward.audit.explore.banners import clear
from sessionward.audit.explore.flows import PasswordFlow
from sessionward.audit.explore.handles import follow, resolve, wait_for
from sessionward.audit.explore.menus import newly_shown
from sessionward.audit.explore.password_form import password_form, reauthentication
from sessionward.audit.explore.password_search import find_password_change
from sessionward.audit.explore.saving import save
from sessionward.audit.explore.verdict import Reply

__all__ = ["change_password", "find_password_change"]


async def change_password(
    tab: Tab, flow: PasswordFlow, *, current: str, new: str, mode: Literal["right", "wrong", "omitted"]
) -> str:
    """Fill and send the form; gives what the page said then, or why it could not be sent, and judges nothing.

    ``current`` is typed as it is given: with ``wrong`` the caller gives a wrong one. With ``omitted`` the field is
    taken out of the form. A further question for the present password is answered only with ``right``.
    """
    try:
        screen = await clear(tab, await tab.go(flow.url))
        opened = await follow(tab, screen, flow.path)
        if opened is None:
            return f"what leads to the password change is not at {screen.url} any more"
        opened = await _confirmed(tab, opened, current if mode == "right" else "")
        opened, field_ = await wait_for(tab, opened, flow.new)
        if field_ is None:
            return f"the field for a new password is not at {opened.url} any more"
        await tab.settle()  # a form that is drawn anew while it is being filled loses what was typed
        return await _fill_and_send(tab, flow, await tab.look(), current, new, mode)
    except DriverError as failure:
        return f"changing the password broke off: {failure}"


async def _fill_and_send(
    tab: Tab, flow: PasswordFlow, screen: Screen, current: str, new: str, mode: str
) -> str:
    if flow.current is not None and (asked := resolve(screen, flow.current)) is not None:
        if mode == "omitted":
            await tab.remove(asked)
            screen = await tab.look()
        else:
            await tab.fill(asked, current)
    for handle in filter(None, (flow.new, flow.confirm)):
        element = resolve(screen, handle)
        if element is not None:
            await tab.fill(element, new)
    before = await tab.look()
    mark = len(tab.recorded())
    await save(tab, before, flow.submit, flow.new)
    after = await tab.look()
    prompt = reauthentication(after) if newly_shown(before, after) else None
    if prompt is not None and mode == "right" and password_form(after) is None:
        after = await _confirmed(tab, after, current)
    reply = Reply(before=before, after=after, exchanges=tab.recorded()[mark:], secrets=(current, new))
    return reply.message


async def _confirmed(tab: Tab, screen: Screen, current: str) -> Screen:
    """The screen after a question for the present password, the same screen where none is asked or none is given."""
    if not current or password_form(screen) is not None:
        return screen
    prompt = reauthentication(screen)
    if prompt is None:
        return screen
    await tab.fill(prompt[0], current)
    if prompt[1] is not None and prompt[1].enabled:
        await tab.click(prompt[1])
    else:
        await tab.press("Enter")
    return await tab.look()
