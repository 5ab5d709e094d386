"""Where sessions are kept."""

from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.stores.store import AsyncStore, Store

__all__ = ["AsyncStore", "MemoryStore", "SQLiteStore", "Store"]
