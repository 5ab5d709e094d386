from typing import Any

import pytest

from sessionward.session.adapters.served import served


def test_a_handler_without_the_middleware_is_told_so() -> None:
    class Bare:
        scope: dict[str, Any] = {}  # noqa: RUF012 - as frameworks have it

    with pytest.raises(RuntimeError, match="not installed"):
        served(Bare())
