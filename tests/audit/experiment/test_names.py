import random
from dataclasses import dataclass, field, replace

import pytest

from sessionward.audit.experiment.guards import flatten
from sessionward.audit.experiment.names import KNOWN, login_sample, nobody_like, reset_sample
from sessionward.audit.experiment.telling_apart import said_apart
from sessionward.audit.observation import Reaction, Reactions
from sessionward.audit.probe import LogIn, Probe, TryNames
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import SCENE
from tests.audit.experiment.steps_of import walk

SAID = Reaction(status=401, seconds=0.1)


@pytest.mark.parametrize("username", ["ana@example.org", "ana", "10012", "4"])
def test_a_made_up_name_has_the_form_of_the_known_one(username: str) -> None:
    made_up = nobody_like(username, random.Random(1))
    assert made_up != username
    assert made_up.partition("@")[1:] == username.partition("@")[1:]
    assert made_up.partition("@")[0].isdecimal() == username.isdecimal()


def test_a_number_keeps_its_length_and_begins_with_nines() -> None:
    made_up = nobody_like("1001234", random.Random(1))
    assert (len(made_up), made_up[:3]) == (7, "999")


def test_known_and_unknown_names_come_by_turns_and_no_unknown_one_in_two_rounds() -> None:
    probes: list[Probe[object]] = []
    sample = walk(login_sample(SCENE), FakeApp(known_names=(SAID,), unknown_names=(SAID,)), probes)
    rounds = [probe.names for probe in probes if isinstance(probe, TryNames)]
    assert (len(sample.known), len(sample.unknown)) == (20, 20)
    assert all(
        len({*names[n : n + 2]} & set(KNOWN)) == 1 for names in rounds for n in range(0, len(names), 2)
    )
    unknown = [frozenset(names) - set(KNOWN) for names in rounds]
    assert len(frozenset.union(*unknown)) == sum(map(len, unknown)) == 12


def test_after_each_round_the_known_accounts_are_let_in_again() -> None:
    probes: list[Probe[object]] = []
    walk(login_sample(SCENE), FakeApp(known_names=(SAID,), unknown_names=(SAID,)), probes)
    assert [probe.party for probe in flatten(probes) if isinstance(probe, LogIn)] == list(KNOWN) * 6


def test_the_first_tries_come_in_pairs_with_the_right_password_after_each() -> None:
    probes: list[Probe[object]] = []
    nobody = Reaction(status=404, seconds=0.1)
    walk(login_sample(SCENE), FakeApp(known_names=(SAID,), unknown_names=(nobody,)), probes)
    assert [len(probe.names) if isinstance(probe, TryNames) else 0 for probe in probes] == [2, 0] * 4


def test_no_known_account_is_given_three_wrong_passwords_without_the_right_one_in_between() -> None:
    probes: list[Probe[object]] = []
    walk(login_sample(SCENE), FakeApp(known_names=(SAID,), unknown_names=(SAID,)), probes)
    rounds = [probe.names for probe in probes if isinstance(probe, TryNames)]
    assert all(names.count(party) < 3 for names in rounds for party in KNOWN)


def test_once_the_words_tell_them_apart_no_more_is_tried() -> None:
    nobody = Reaction(status=404, seconds=0.1)
    sample = walk(login_sample(SCENE), FakeApp(known_names=(SAID,), unknown_names=(nobody,)))
    assert (len(sample.known), len(sample.unknown)) == (4, 4)


@dataclass(slots=True, kw_only=True)
class Tipping(FakeApp):
    """The page gives one of two tips: by chance the first two known names get the same, and the unknown the other."""

    turns: dict[bool, int] = field(default_factory=dict)

    def _try_names(self, probe: TryNames) -> Reactions:
        made = []
        for name in probe.names:
            known = name in KNOWN
            number = self.turns[known] = self.turns.get(known, 0) + 1
            tip = "Lock your screen." if known is (number <= 3 - known) else "Log out when done."
            made.append(replace(SAID, texts=frozenset({"Wrong password.", tip})))
        return Reactions(made=tuple(made))


def test_what_differs_between_two_pairs_by_chance_is_not_taken_for_a_word_of_the_app() -> None:
    sample = walk(login_sample(SCENE), Tipping())
    assert (
        said_apart(sample.known[:2], sample.unknown[:2])
        == "only known names are answered “Lock your screen.”"
    )
    assert (said_apart(sample.known, sample.unknown), len(sample.known)) == ("", 20)


def test_an_app_that_holds_off_while_a_difference_is_confirmed_has_told_it() -> None:
    nobody, held = Reaction(status=404, seconds=0.1), Reaction(status=429, held_off=True)

    @dataclass(slots=True, kw_only=True)
    class Strict(FakeApp):
        rounds: int = 0

        def _try_names(self, probe: TryNames) -> Reactions:
            self.rounds += 1
            if self.rounds > 2:
                return Reactions(made=(held,))
            return Reactions(made=tuple(SAID if name in KNOWN else nobody for name in probe.names))

    sample = walk(login_sample(SCENE), Strict(logins_until=2))
    assert (sample.told, len(sample.known), sample.ended) == (True, 2, "the app held off after 4 tries")
    assert said_apart(sample.known, sample.unknown)


def test_an_app_that_holds_off_ends_it() -> None:
    held = Reaction(status=429, held_off=True)
    sample = walk(login_sample(SCENE), FakeApp(known_names=(SAID, held), unknown_names=(SAID, held)))
    assert sample.ended == "the app held off after 1 tries"
    assert not sample.told


def test_what_was_said_before_an_app_held_off_is_kept_though_the_right_password_is_refused() -> None:
    held = Reaction(status=429, held_off=True)
    app = FakeApp(known_names=(SAID,), unknown_names=(held,), logins_until=0)
    names = walk(login_sample(SCENE), app)
    assert (names.ended.startswith("the app held off after"), names.told) == (True, False)


def test_a_form_that_is_not_there_says_so() -> None:
    sample = walk(reset_sample(SCENE))
    assert (sample.told, sample.ended) == (False, "there is no such form")
