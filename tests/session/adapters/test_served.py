from typing import Any

import pytest

from sessionward.session.adapters.keeper import Keeper, Refused
from sessionward.session.adapters.served import Served, served
from sessionward.session.adapters.visit import Visit
from sessionward.session.command import Refusal
from sessionward.session.digest import Token
from sessionward.session.policies import Policies
from sessionward.session.result import StoreError
from sessionward.session.state import State
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.memory import MemoryStore

KEEPER = Keeper(policies=Policies.of("patient-portal"), clock=lambda: 0.0)


def test_a_handler_without_the_middleware_is_told_so() -> None:
    class Bare:
        scope: dict[str, Any] = {}  # noqa: RUF012 - as frameworks have it

    with pytest.raises(RuntimeError, match="not installed"):
        served(Bare())


def test_how_a_request_is_refused_follows_from_what_failed(caplog: pytest.LogCaptureFixture) -> None:
    found = Served(Visit(KEEPER, None, "/"), Direct(MemoryStore()), private=False)
    assert found.refusal() is None
    found.failure = Refused(Refusal.NOT_LOGGED_IN)
    assert found.refusal() == 403
    found.failure = StoreError("down")
    assert (found.refusal(), caplog.messages) == (503, ["A request is answered with 503: down"])


def test_what_the_answer_has_to_know_follows_the_visit() -> None:
    visit = Visit(KEEPER, None, "/")
    found = Served(visit, Direct(MemoryStore()), private=False)
    assert (found.current.state, found.handed_out, found.ending, found.idle) == (
        "anonymous",
        None,
        False,
        False,
    )
    visit.hand_out, visit.forget, visit.state = Token.mint(), True, State.LOCKED
    assert (found.current.state, found.handed_out, found.ending) == ("locked", visit.hand_out, True)
    assert (found.session, found.since) == (visit.session, visit.since)
