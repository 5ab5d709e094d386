from sessionward.audit.report.cited import Standard, cited, demands
from sessionward.standards import requirement


def test_a_requirement_that_is_known_comes_with_its_title_and_link() -> None:
    (one,) = cited(["CWE-613"], requirement)
    assert (one.id, one.title) == ("CWE-613", "Insufficient Session Expiration")
    assert one.link.startswith("https://cwe.mitre.org/")


def test_a_requirement_that_nobody_knows_keeps_its_id() -> None:
    assert cited(["HOUSE-RULE-1"], requirement) == (Standard(id="HOUSE-RULE-1"),)


def test_a_weakness_brings_its_category_of_the_top_ten_along_once() -> None:
    assert demands(["CWE-613", "CWE-384"]) == ("CWE-613", "CWE-384", "OWASP-A07:2025")
    assert demands(["OWASP-A07:2025", "CWE-613"]) == ("OWASP-A07:2025", "CWE-613")
