from dataclasses import FrozenInstanceError

import pytest

from sessionward.session.call import Look


def test_a_call_is_a_value() -> None:
    call = Look(digest=b"d")
    assert call == Look(digest=b"d")
    with pytest.raises(FrozenInstanceError):
        call.digest = b"e"  # type: ignore[misc]
