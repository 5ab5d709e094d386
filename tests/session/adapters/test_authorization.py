import pytest

from sessionward.session.adapters.authorization import Authorization, authorization, pair
from sessionward.session.digest import Token

REFRESH = Token.mint()
ACCESS = REFRESH.access()


def sent(*values: str) -> list[tuple[bytes, bytes]]:
    return [(b"authorization", value.encode("latin-1")) for value in values]


@pytest.mark.parametrize("scheme,kind", [("Bearer", "Bearer"), ("bearer", "Bearer"), ("DPoP", "DPoP")])
def test_an_access_token_is_found_under_either_scheme(scheme: str, kind: str) -> None:
    found = authorization(sent(f"{scheme} {ACCESS.text}"))
    assert found is not None
    assert (found.scheme, found.token) == (kind, ACCESS)


@pytest.mark.parametrize(
    "values",
    [
        [],
        [""],
        ["Bearer"],
        [f"Basic {ACCESS.text}"],
        [f"Bearer {REFRESH.text}"],
        [f"Bearer {ACCESS.text}x"],
        [f"Bearer{ACCESS.text}"],
        ["Bearer " + "A" * 100_000],
        ["Bearer \xff\xfe"],
        [f"Bearer {ACCESS.text}", f"Bearer {ACCESS.text}"],
    ],
)
def test_garbage_foreign_oversized_and_duplicated_headers_are_no_token(values: list[str]) -> None:
    assert authorization(sent(*values)) is None


def test_a_pair_tells_what_a_token_answer_needs_and_shows_no_secret() -> None:
    made = pair(REFRESH, lifetime=300.0, bound=True)
    assert made.as_dict() == {
        "access_token": ACCESS.text,
        "refresh_token": REFRESH.text,
        "token_type": "DPoP",
        "expires_in": 300,
    }
    assert REFRESH.text not in repr(made)
    assert ACCESS.text not in repr(made) + repr(Authorization(scheme="Bearer", token=ACCESS))
