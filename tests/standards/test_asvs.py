from sessionward.standards.asvs import REQUIREMENTS


def test_the_whole_chapter_on_sessions_is_there() -> None:
    numbers = [entry.id.removeprefix("ASVS-") for entry in REQUIREMENTS if entry.id.startswith("ASVS-7.")]
    counts = {"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 3, "7.6": 2}
    assert numbers == [
        f"{section}.{last}" for section, count in counts.items() for last in range(1, count + 1)
    ]


def test_a_link_leads_to_the_section_of_the_published_release() -> None:
    entry = next(entry for entry in REQUIREMENTS if entry.id == "ASVS-7.4.1")
    assert entry.link.endswith("/v5.0.0_release/5.0/en/0x16-V7-Session-Management.md#v74-session-termination")
