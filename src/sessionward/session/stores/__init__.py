"""Where sessions are kept."""

from sessionward.session.stores.cached import CachedStore
from sessionward.session.stores.cached_async import AsyncCachedStore
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.stores.store import AsyncStore, Store

__all__ = ["AsyncCachedStore", "AsyncStore", "CachedStore", "MemoryStore", "SQLiteStore", "Store"]
