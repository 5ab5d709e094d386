import sessionward.wsgi as face


def test_every_name_that_is_promised_is_there() -> None:
    assert [name for name in face.__all__ if not hasattr(face, name)] == []
