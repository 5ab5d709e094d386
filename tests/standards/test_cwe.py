from sessionward.standards.cwe import NAMES, REQUIREMENTS


def test_a_weakness_links_to_its_definition() -> None:
    entry = next(entry for entry in REQUIREMENTS if entry.id == "CWE-613")
    assert entry.title == "Insufficient Session Expiration"
    assert entry.link == "https://cwe.mitre.org/data/definitions/613.html"


def test_the_list_is_sorted_and_holds_no_category() -> None:
    assert list(NAMES) == sorted(NAMES)
    assert not NAMES.keys() & {16, 1018}
