import pytest
from django.http import Http404

from sessionward.session.adapters.django.guarded_requests import ObjectGuard, in_request
from sessionward.session.guard.ownership import NotYours


def test_a_request_is_known_while_it_is_served() -> None:
    assert (in_request(), ObjectGuard(lambda _: in_request())(None), in_request()) == (False, True, False)


async def test_a_request_is_known_where_it_is_awaited() -> None:
    async def serve(_: object) -> bool:
        return in_request()

    assert (in_request(), await ObjectGuard(serve)(None), in_request()) == (False, True, False)


def test_what_is_anothers_is_answered_as_what_does_not_exist() -> None:
    answer = vars(ObjectGuard(lambda _: None))["process_exception"]
    with pytest.raises(Http404):
        answer(None, NotYours())
    answer(None, ValueError())
