from sessionward.session.dpop.proof_terms import access_token_hash


def test_the_hash_of_an_access_token_is_that_of_the_standards_example() -> None:
    """RFC 9449, section 7.1."""
    token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"
    assert access_token_hash(token) == "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"
