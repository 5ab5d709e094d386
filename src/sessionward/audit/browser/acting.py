"""Acting on a node as a person would, and by script where the page makes that impossible."""

from __future__ import annotations

from playwright.async_api import ElementHandle
from playwright.async_api import TimeoutError as TookTooLong

from sessionward.audit.driver import DriverError

PATIENCE_MS = 3000
LITTLE_PATIENCE_MS = 700
TYPED_WHOLE = frozenset({"date", "datetime-local", "month", "week", "time", "color", "range"})
"""Inputs with a control of their own, whose value is set at once."""

CLICK = """node => node.click ? node.click()
  : node.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, view: window }))"""
SET_VALUE = """(node, text) => {
  const property = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(node), "value");
  if (!property || node.disabled) return false;
  property.set.call(node, text);
  for (const type of ["input", "change"]) node.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
  return true;
}"""
IS_ON = "node => node.checked === true || node.getAttribute('aria-checked') === 'true'"
REMOVE = """node => {
  node[Symbol.for("sessionward.removed")] = true;
  node.required = false;
  node.disabled = true;
  for (const name of ["name", "required", "pattern", "minlength"]) node.removeAttribute(name);
  node.style.setProperty("display", "none", "important");
}"""


async def click(node: ElementHandle, *, visible: bool) -> None:
    """Click it with the pointer; by script where it stays hidden, moving, or covered by something else."""
    try:
        await node.click(timeout=PATIENCE_MS if visible else LITTLE_PATIENCE_MS, no_wait_after=True)
    except TookTooLong as error:
        if "performing click" in error.message:
            # The click was made and the page is busy with it: a second one might send a form twice.
            return
        await node.evaluate(CLICK)


async def fill(node: ElementHandle, text: str, *, kind: str) -> None:
    """Replace the content of a field: the last character by a key, as some pages listen to nothing else."""
    try:
        if kind in TYPED_WHOLE or not text:
            await node.fill(text, timeout=PATIENCE_MS)
            return
        await node.fill(text[:-1], timeout=PATIENCE_MS)
        await node.type(text[-1], timeout=PATIENCE_MS, no_wait_after=True)
        if await node.evaluate("node => node.value ?? null") not in {None, text}:
            # The caret stood elsewhere, or the page made another text of it.
            await node.fill(text, timeout=PATIENCE_MS)
    except TookTooLong:
        await _fill_stubborn(node, text)


async def check(node: ElementHandle, *, on: bool) -> None:
    """Bring a check box or switch into a state. Raises DriverError where it stays as it was."""
    for visible in (True, False):
        if await node.evaluate(IS_ON) == on:
            return
        if visible:
            await click(node, visible=await node.is_visible())
        else:
            await node.evaluate(CLICK)
    if await node.evaluate(IS_ON) != on:
        raise DriverError(f"A check box could not be turned {'on' if on else 'off'}.")


async def choose(node: ElementHandle, option: str) -> None:
    """Choose the option with that value."""
    try:
        await node.select_option(value=option, timeout=PATIENCE_MS, no_wait_after=True)
    except TookTooLong:
        raise DriverError("A list does not have that option, or cannot be used.") from None


async def hover(node: ElementHandle) -> None:
    """Move the pointer onto it, or tell the page so where it is covered."""
    try:
        await node.hover(timeout=LITTLE_PATIENCE_MS, no_wait_after=True)
    except TookTooLong:
        for event in ("pointerover", "mouseover", "mouseenter"):
            await node.dispatch_event(event)


async def remove(node: ElementHandle) -> None:
    """Keep it from being sent or seen.

    The node itself stays: frameworks that drew it would fail on its absence when they draw the page anew.
    """
    await node.evaluate(REMOVE)


async def _fill_stubborn(node: ElementHandle, text: str) -> None:
    """A field that becomes writable when it is focused, or one that is there but not drawn."""
    try:
        await node.focus()
        await node.fill(text, timeout=LITTLE_PATIENCE_MS)
    except TookTooLong:
        if not await node.evaluate(SET_VALUE, text):
            raise DriverError("A field cannot be written to.") from None
