import inspect

import pytest

import sessionward.asgi as face
from sessionward.session.adapters import asgi, asgi_calls, step_up


@pytest.mark.parametrize("module", [asgi_calls, step_up], ids=lambda module: module.__name__)
def test_the_short_name_hands_on_what_handlers_call(module: object) -> None:
    offered = {
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == getattr(module, "__name__", "")
    }
    assert {name for name in offered if not name.startswith("_")} <= set(face.__all__)


def test_every_name_that_is_promised_is_there() -> None:
    assert [name for name in face.__all__ if not hasattr(face, name)] == []
    assert face.SessionMiddleware is asgi.SessionMiddleware
