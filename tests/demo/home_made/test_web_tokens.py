import pytest

from sessionward.demo.home_made.token_scheme import Holder
from sessionward.demo.home_made.web_tokens import WebTokens
from sessionward.demo.people import reference_of
from tests.demo.forging import says, written

ANA = Holder(id="ana", login_name="ana@example.org")


def test_a_token_names_its_account_by_a_number_and_is_found_by_its_id() -> None:
    tokens = WebTokens(lifetime=60)
    token = tokens.make(ANA)
    assert tokens.names(token) == reference_of("ana")
    assert tokens.handle(token) == says(token)["jti"]
    assert tokens.names(tokens.make(None)) is None


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a.W10.c", "\udcff.\udcff.\udcff", "a.bnVsbA.c"])
@pytest.mark.parametrize("verifies", [True, False])
def test_what_is_no_token_opens_nothing(token: str, *, verifies: bool) -> None:
    assert WebTokens(lifetime=60, verifies=verifies).handle(token) == ""


def test_a_rewritten_token_is_believed_only_where_nothing_is_verified() -> None:
    sound, careless = WebTokens(lifetime=60), WebTokens(lifetime=60, verifies=False)
    forged = written(sound.make(ANA), sub="1")
    assert sound.handle(forged) == ""
    assert careless.names(forged) == "1"


def test_a_token_ends_unless_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    sound, careless = WebTokens(lifetime=60), WebTokens(lifetime=60, enforces_end=False)
    ending, undying = sound.make(ANA), careless.make(ANA)
    end = says(ending)["exp"]
    monkeypatch.setattr("time.time", lambda: end + 1.0)
    assert sound.handle(ending) == ""
    assert careless.handle(undying) != ""
