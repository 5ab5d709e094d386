from sessionward.standards.wstg import REQUIREMENTS, page


def test_every_test_of_session_management_is_there() -> None:
    sessions = [entry.id for entry in REQUIREMENTS if entry.id.startswith("WSTG-SESS-")]
    assert sessions == [f"WSTG-SESS-{number:02}" for number in range(1, 12)]


def test_a_page_is_named_by_the_number_within_its_chapter_and_the_heading() -> None:
    assert page("SESS-06", "Testing for Logout Functionality") == "06-Testing_for_Logout_Functionality"
