from sessionward.audit.check import Severity
from sessionward.audit.report.sarif_rules import message, rule, taxonomy
from sessionward.standards import requirement
from tests.audit.report import sample_checks


def test_a_rule_tells_why_and_how_to_fix_it_with_code() -> None:
    made = rule(sample_checks.LOGOUT, requirement)
    assert made["name"] == "LogoutKeepsTokenAlive"
    assert "How to fix it: End the session on the server" in made["help"]["text"]
    assert "**Django**\n\n```python" in made["help"]["markdown"]
    assert "**Spring**\n\n```java" in made["help"]["markdown"]
    assert requirement("ASVS-7.4.1").link in made["help"]["markdown"]


def test_a_rule_has_the_tags_and_the_score_that_code_scanning_reads() -> None:
    made = rule(sample_checks.LOGOUT, requirement)
    assert {"security", "lifecycle", "external/cwe/cwe-613", "ASVS-7.4.1"} <= set(made["properties"]["tags"])
    assert made["properties"]["security-severity"] == "8.0"
    assert made["defaultConfiguration"] == {"level": "error"}


def test_a_remark_has_no_score() -> None:
    made = rule(sample_checks.make_check("remark", severity=Severity.INFO), requirement)
    assert "security-severity" not in made["properties"]
    assert made["defaultConfiguration"] == {"level": "note"}


def test_rules_relate_to_weaknesses_that_stand_in_the_taxonomy() -> None:
    made = rule(sample_checks.LOGOUT, requirement)
    taxa = taxonomy([sample_checks.LOGOUT], requirement)["taxa"]
    assert [one["target"]["id"] for one in made["relationships"]] == [one["id"] for one in taxa] == ["613"]
    assert taxa[0]["helpUri"] == requirement("CWE-613").link


def test_a_message_holds_no_placeholder_and_no_link() -> None:
    assert message("{0} [a](1)") == "{{0}} [a]\u2060(1)"
