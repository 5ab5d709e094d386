from sessionward.audit.experiment.foreseeing import forecasts, foreseen, neighbours, seen_at
from sessionward.audit.experiment.token_samples import sample
from sessionward.audit.observation import Sampled
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import BEARER, SID
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp, minted
from tests.audit.experiment.steps_of import walk

KEYS = frozenset({SID})


def login(party: str, value: str, at: float = 0.0) -> Sampled:
    return Sampled(party=party, tokens=cookie("sid", value), sent=at, answered=at + 0.05)


def test_the_right_token_comes_after_a_few_wrong_ones() -> None:
    taken = walk(sample(least=3), minted(lambda app, party: str(app.number)))
    models = forecasts(ONE_WAY, taken, KEYS)
    tried = [
        next(iter(t)).value
        for t in foreseen(ONE_WAY, models, login("owner", "2000"), login("stranger", "2005"))
    ]
    assert tried == ["2002", "2003", "2004", "2005"]


def test_a_login_that_was_not_foreseen_costs_no_request() -> None:
    taken = walk(sample(least=3), minted(lambda app, party: str(app.number)))
    models = forecasts(ONE_WAY, taken, KEYS)
    assert not list(foreseen(ONE_WAY, models, login("owner", "2000"), login("stranger", "9999")))


def test_one_place_without_a_model_makes_all_of_them_useless() -> None:
    taken = walk(sample(least=3), minted(lambda app, party: str(app.number)))
    assert not forecasts(ONE_WAY, taken, {SID, BEARER})
    assert not forecasts(ONE_WAY, walk(sample(least=3), MintingApp()), KEYS)


def test_an_account_that_counts_for_itself_is_found_as_well() -> None:
    counts = {"owner": 7, "stranger": 7000}

    def make(app: MintingApp, party: str) -> str:
        counts[party] += 1
        return f"{party}-{counts[party]}"

    assert forecasts(ONE_WAY, walk(sample(least=3), minted(make)), KEYS)


def test_neighbours_differ_in_one_character() -> None:
    (first, *others) = neighbours(cookie("sid", "abc1="), KEYS)
    assert next(iter(first)).value == "abc2="
    assert {next(iter(one)).value for one in others} == {"abc0=", "abc3="}


def test_a_login_is_seen_with_the_names_of_its_account() -> None:
    assert seen_at(ONE_WAY, login("owner", "x"), SID).names == ("olga@app.test", "olga")
