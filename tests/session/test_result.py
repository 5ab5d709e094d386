from sessionward.session.result import Creation, NotCreated


def test_a_creation_went_well_unless_it_says_why_not() -> None:
    assert (Creation().refused, Creation().taken_over) == (None, ())
    assert Creation(refused=NotCreated.EXISTS) != Creation()
