from functools import wraps

from sessionward.session.adapters.state_changing import is_state_changing, state_changing


def plain() -> None: ...


@state_changing
def marked() -> None: ...


def test_only_marked_handlers_are_marked() -> None:
    assert is_state_changing(marked)
    assert not is_state_changing(plain)
    assert not is_state_changing(None)


def test_a_wrapper_keeps_the_mark() -> None:
    @wraps(marked)
    def wrapper() -> None: ...

    assert is_state_changing(wrapper)
