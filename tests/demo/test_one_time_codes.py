from dataclasses import replace

from sessionward.demo.one_time_codes import OneTimeCodes
from sessionward.demo.people import People
from sessionward.demo.sample_people import IDA, NORA
from tests.demo.trial import code_of


def test_a_code_counts_once_and_for_its_own_account() -> None:
    people, codes = People((IDA, NORA), 2), OneTimeCodes()
    ida, nora = people.get("ida"), people.get("nora")
    assert ida
    assert nora
    code = code_of(IDA)
    assert not codes.proves(nora, code)
    assert codes.proves(ida, code)
    assert not codes.proves(ida, code)


def test_what_is_no_code_proves_nothing() -> None:
    ida = People((replace(IDA),), 2).get("ida")
    assert ida
    assert not any(OneTimeCodes().proves(ida, typed) for typed in ("", "abcdef", "\udcff", "0" * 1000))
