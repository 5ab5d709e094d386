from sessionward.standards.nist import REQUIREMENTS


def test_the_cookie_section_links_to_its_place_on_the_page() -> None:
    entry = next(entry for entry in REQUIREMENTS if entry.id == "NIST-63B-5.1.1")
    assert entry.link == "https://pages.nist.gov/800-63-4/sp800-63b/session/#sesscookies"
