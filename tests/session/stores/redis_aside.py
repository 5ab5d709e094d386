"""Calls of a blocking store that the tests of Redis make."""

from sessionward.session.state import Reason
from sessionward.session.stores.store import Store
from tests.session.stores.conformance import ANA, NOW


def ended(store: Store, handle: str | None = "h1") -> bool:
    """End one session of ANA's, or all of them."""
    if handle is None:
        return store.advance_epoch(ANA, reason=Reason.LOGOUT_EVERYWHERE, at=NOW, keep=None) > 0
    return store.terminate(handle, owner=ANA, reason=Reason.LOGOUT, at=NOW)
