from itertools import chain

from sessionward.standards.cwe import NAMES
from sessionward.standards.lookup import requirement
from sessionward.standards.weakness_map import EDITION, MAPPED, categories


def test_a_weakness_leads_to_its_category() -> None:
    assert categories(["ASVS-7.4.1", "CWE-613"]) == ("OWASP-A07:2025",)
    assert categories(["CWE-1004", "CWE-352"]) == ("OWASP-A01:2025", "OWASP-A02:2025")
    assert categories(["CWE-204", "WSTG-SESS-06"]) == ()


def test_every_category_is_one_that_can_be_looked_up() -> None:
    for rank in MAPPED:
        assert requirement(f"OWASP-A{rank:02}:{EDITION}").link


def test_no_weakness_is_mapped_twice_or_unknown_to_us() -> None:
    mapped = list(chain.from_iterable(MAPPED.values()))
    assert len(mapped) == len(set(mapped))
    assert set(mapped) <= set(NAMES)
