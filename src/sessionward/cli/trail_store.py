"""What all commands on trails share: which store, which tenant, and what goes wrong with either."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sessionward.cli.exits import Exit, UsageError
from sessionward.session.chain import BEGINNING, Anchor, Broken, ChainBroken
from sessionward.session.result import StoreError
from sessionward.session.stores.opening import NotOpened, open_store
from sessionward.session.stores.store import Store

SQLITE = "sqlite:///"


class NotReached(Exception):
    """The store, or where entries go to, could not be reached; one sentence for a person."""


def add_place(command: argparse.ArgumentParser, *, needed: bool = True) -> None:
    """Declare the options that name a trail."""
    command.add_argument(
        "--store",
        required=needed,
        metavar="URL",
        help="sqlite:///sessions.db, postgresql://user@host/database, …",
    )
    command.add_argument("--tenant", required=True, metavar="NAME", help="whose trail")


def add_start(command: argparse.ArgumentParser) -> None:
    """Declare from where to read."""
    command.add_argument(
        "--since", type=anchor, default=BEGINNING, metavar="ANCHOR", help="begin after this anchor"
    )


def anchor(text: str) -> Anchor:
    """The anchor, as an option's value."""
    try:
        return Anchor.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """The store at `url`.

    Raises:
        UsageError: there is none at such an address.
        NotReached: it could not be asked.

    """
    if url.startswith(SQLITE):  # a mistyped path must not make a new, empty and perfectly sound trail
        path = Path(url.removeprefix(SQLITE).partition("?")[0])
        if not path.is_file():
            raise UsageError(f"there is no SQLite store {path}; give --store the path that the app uses.")
    try:
        store = open_store(url)
        try:
            yield store
        finally:
            store.close()
    except NotOpened as error:
        raise UsageError(str(error)) from None
    except StoreError as error:
        raise NotReached(f"the store could not be asked: {error}") from None


def guarded(command: Callable[[], Exit]) -> Exit:
    """What a command comes to, with what goes wrong told in a sentence."""
    try:
        return command()
    except ChainBroken as error:
        return told_broken(error.broken, sys.stderr)
    except NotReached as error:
        print(f"sessionward: {error}", file=sys.stderr)
        return Exit.NOT_CARRIED_OUT


def told_broken(broken: Broken, place: TextIO | None = None) -> Exit:
    """Say where the trail is broken."""
    print(f"BROKEN at entry {broken.position}: {broken.why}.", file=place)
    return Exit.FINDINGS


def told_empty(tenant: str) -> UsageError:
    """An empty trail is sound and proves nothing: more likely the tenant was mistyped."""
    return UsageError(f"there is no entry in a trail of “{tenant}”; see that the tenant's name is right.")
