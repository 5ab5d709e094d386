from sessionward.standards.top_ten import REQUIREMENTS


def test_both_editions_name_broken_access_control_first() -> None:
    assert [entry.id for entry in REQUIREMENTS if entry.title == "Broken Access Control"] == [
        "OWASP-A01:2021",
        "OWASP-A01:2025",
    ]


def test_a_link_repeats_rank_year_and_name() -> None:
    entry = next(entry for entry in REQUIREMENTS if entry.id == "OWASP-A07:2025")
    assert entry.link == "https://owasp.org/Top10/2025/A07_2025-Authentication_Failures/"
