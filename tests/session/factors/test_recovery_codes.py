import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.factors.factor import Disproved, Factor, Proved
from sessionward.session.factors.recovery_codes import ALPHABET, GROUP, LENGTH, Digests, RecoveryCodes
from sessionward.session.state import Subject
from tests.session.factors.taking import ANA, NOW, Desk

CODES: Factor[Digests] = RecoveryCodes()
SHEET = RecoveryCodes().new()


def test_codes_are_long_enough_to_be_kept_under_a_plain_hash() -> None:
    assert LENGTH * (len(ALPHABET).bit_length() - 1) >= 112
    assert len(set(SHEET.codes)) == len(SHEET.digests) == 10
    assert all(len(code) == LENGTH + LENGTH // GROUP - 1 for code in SHEET.codes)


def test_a_code_is_good_once_and_then_no_longer_kept() -> None:
    desk = Desk()
    answer = desk.ask(CODES, SHEET.digests, SHEET.codes[0])
    assert isinstance(answer, Proved)
    assert answer.method == "recovery code"
    assert answer.replace is not None
    assert len(answer.replace) == 9
    assert answer.replace < SHEET.digests
    assert desk.ask(CODES, answer.replace, SHEET.codes[0]) is Disproved.WRONG
    assert isinstance(desk.ask(CODES, answer.replace, SHEET.codes[1]), Proved)


def test_an_app_that_forgets_to_save_what_is_left_is_still_safe() -> None:
    desk = Desk()
    assert isinstance(desk.ask(CODES, SHEET.digests, SHEET.codes[0]), Proved)
    desk.store.purge(now=NOW + 86400)
    assert desk.ask(CODES, SHEET.digests, SHEET.codes[0], now=NOW + 86400) is Disproved.USED


def test_a_code_may_be_typed_as_it_was_read() -> None:
    typed = SHEET.codes[0].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert isinstance(Desk().ask(CODES, SHEET.digests, typed), Proved)


@pytest.mark.parametrize("kept", [None, frozenset()])
def test_who_has_no_codes_left_proves_nothing(kept: Digests | None) -> None:
    assert Desk().ask(CODES, kept, SHEET.codes[0]) is Disproved.WRONG


@given(st.text())
def test_whatever_is_typed_is_only_wrong(text: str) -> None:
    assert Desk().ask(CODES, SHEET.digests, text) is Disproved.WRONG


def test_the_same_code_of_another_tenant_is_another() -> None:
    desk = Desk()
    for subject in (ANA, Subject(tenant="south", id="ana")):
        assert isinstance(desk.ask(CODES, SHEET.digests, SHEET.codes[0], subject=subject), Proved)


def test_a_sheet_does_not_show_its_codes() -> None:
    assert SHEET.codes[0] not in repr(SHEET)
    assert CODES.begin(ANA, SHEET.digests, NOW) == CODES.begin(ANA, None, NOW)


def test_a_sheet_without_codes_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        RecoveryCodes().new(0)
