"""Drafts of what people type, by short names; needs the extra `drafts`."""

from sessionward.session.drafts.draft_shelf import Drafts, MemoryShelf, Shelf, SQLiteShelf
from sessionward.session.drafts.sealing import SealedDrafts

__all__ = ["Drafts", "MemoryShelf", "SQLiteShelf", "SealedDrafts", "Shelf"]
