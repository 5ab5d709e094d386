"""Opens the store that an address names: for settings and for command lines.

The drivers of some stores are extras. So a store is imported when its address asks for it, by the name that stands
in `STORES`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sessionward.session.stores.direct import Direct
from sessionward.session.stores.store import AsyncStore, Store


class NotOpened(ValueError):
    """The address names no store that can be opened here. The sentence does not repeat it: it may hold a password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the stores of a scheme are found: `blocking` and `awaited` are classes of `module`.

    `arguments` makes of the address what they are called with, `options` are the keywords that may stand in its
    query, and how each is read. Without `awaited` the blocking store is awaited where it runs; `extra` is what has
    to be installed.
    """

    module: str
    blocking: str
    awaited: str | None = None
    extra: str | None = None
    arguments: Callable[[str], tuple[object, ...]] = lambda address: (address,)
    options: Mapping[str, Callable[[str], object]] = field(default_factory=dict)


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError
    return text == "true"


def _path(address: str) -> tuple[Path]:
    """The path after `sqlite:///`, which begins with a fourth slash where it is absolute."""
    found = re.fullmatch(r"sqlite:///([^?#]+)", address)
    if found is None:
        raise NotOpened(
            "The address of an SQLite store looks like sqlite:///sessions.db, or sqlite:////var/sessions.db."
        )
    return (Path(unquote(found[1])),)


POSTGRES = Place(
    module="sessionward.session.stores.postgres",
    blocking="PostgresStore",
    awaited="AsyncPostgresStore",
    extra="postgres",
    options={"schema": unquote, "patience": float, "connections": int, "transaction_pooling": _truth},
)

REDIS = Place(
    module="sessionward.session.stores.redis",
    blocking="RedisStore",
    awaited="AsyncRedisStore",
    extra="redis",
    options={"name": unquote, "patience": float, "connecting": float, "connections": int},
)

STORES = {
    "memory": Place(
        module="sessionward.session.stores.memory", blocking="MemoryStore", arguments=lambda _: ()
    ),
    "sqlite": Place(
        module="sessionward.session.stores.sqlite",
        blocking="SQLiteStore",
        arguments=_path,
        options={"patience": float},
    ),
    "postgresql": POSTGRES,
    "postgres": POSTGRES,
    **dict.fromkeys(("redis", "rediss", "unix", "redis+cluster", "rediss+cluster"), REDIS),
}
"""The stores by the scheme of their addresses."""


def open_store(address: str) -> Store:
    """The store at `address`: `memory:`, `sqlite:///sessions.db`, `postgresql://user@host/db`, `redis://host`.

    What the store's class takes as keywords may stand in the query: `sqlite:///sessions.db?patience=5`.

    Raises:
        NotOpened: no store has such an address, or what it needs is not installed.
        StoreError: the store is there and cannot be opened.

    """
    store: Store = _made(address, lambda place: place.blocking)
    return store


def open_async_store(address: str) -> AsyncStore:
    """The store at `address`, for those who await; see `open_store`."""
    place = _place(address)
    if place.awaited is None:
        return Direct(open_store(address))
    store: AsyncStore = _made(address, lambda place: place.awaited or place.blocking)
    return store


def _made(address: str, kind: Callable[[Place], str]) -> Any:
    place = _place(address)
    address, options = _options(address, place)
    try:
        module = import_module(place.module)
    except ImportError as error:
        if place.extra is None:
            raise
        raise NotOpened(
            f"This store needs what is not installed: pip install 'sessionward[{place.extra}]'."
        ) from error
    try:
        return getattr(module, kind(place))(*place.arguments(address), **options)
    except ValueError as error:
        raise NotOpened(str(error)) from None


def _place(address: str) -> Place:
    scheme, colon, _ = address.partition(":")
    if not colon or scheme not in STORES:
        raise NotOpened(
            f"The address of a store begins with one of {', '.join(f'{name}:' for name in STORES)}."
        )
    return STORES[scheme]


def _options(address: str, place: Place) -> tuple[str, dict[str, object]]:
    """The address without the options of ours in its query, and those; what is left goes to the driver as it is."""
    before, mark, query = address.partition("?")
    options: dict[str, object] = {}
    left = []
    for part in query.split("&") if mark else ():
        name, _, text = part.partition("=")
        if name not in place.options:
            left.append(part)
            continue
        try:
            options[name] = place.options[name](text)
        except ValueError:
            raise NotOpened(
                f"The option {name} in the address of the store has a value that makes no sense."
            ) from None
    return (f"{before}?{'&'.join(left)}" if left else before), options
