from sessionward import argon2


def test_every_short_name_is_there() -> None:
    assert [name for name in argon2.__all__ if not hasattr(argon2, name)] == []
