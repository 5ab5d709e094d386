from sessionward.audit.check import Verdict
from sessionward.audit.checks.lifecycle.logout_forgeable import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.probe import Forge, Visit
from sessionward.http import Request
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import START, scene
from tests.audit.checks.transcript import play

BY_LINK = (Request(method="GET", url=f"{START}logout"), Request(method="GET", url=START))
BY_FORM = (Request(method="POST", url=f"{START}logout", body=b"csrf=1"),)


def test_a_logout_by_link_that_another_site_can_send_is_a_defect() -> None:
    app = FakeApp(sends_logout=BY_LINK, forged_logout=frozenset({"navigate"}))
    played = play(CHECK, app)
    assert played.verdict is Verdict.FAILED
    assert "by a link" in played.message


def test_a_logout_by_image_is_found_first() -> None:
    app = FakeApp(sends_logout=BY_LINK, forged_logout=frozenset({"image", "navigate"}))
    assert "by an image" in play(CHECK, app).message


def test_a_logout_by_form_without_a_bound_token_is_a_defect() -> None:
    assert (
        play(CHECK, FakeApp(sends_logout=BY_FORM, forged_logout=frozenset({"form"}))).verdict
        is Verdict.FAILED
    )


def test_a_logout_by_form_that_takes_a_link_as_well_is_a_defect() -> None:
    assert "GET /logout by a link" in play(CHECK, FakeApp(forged_logout=frozenset({"navigate"}))).message


def test_a_logout_that_only_clears_the_browser_counts_as_well() -> None:
    app = FakeApp(sends_logout=BY_FORM, forged_logout=frozenset({"form"}), logout_ends=frozenset())
    assert play(CHECK, app).verdict is Verdict.FAILED


def test_a_cookie_that_was_kept_back_and_then_overwritten_is_told() -> None:
    app = FakeApp(sends_logout=BY_FORM, forged_logout=frozenset({"form"}), overwrites=True)
    played = play(CHECK, app)
    assert played.verdict is Verdict.FAILED
    assert "sid was kept back (SameSite). The answer put a new sid over" in played.message


def test_a_protected_logout_passes_and_names_what_was_tried() -> None:
    played = play(CHECK)
    assert played.verdict is Verdict.PASSED
    assert "POST /logout by a form" in played.message


def test_pages_that_the_logout_only_ends_up_on_are_not_forged() -> None:
    played = play(CHECK, FakeApp(sends_logout=BY_LINK))
    urls = [probe.request.url for probe in played.probes if isinstance(probe, Forge) and not probe.control]
    assert set(urls) == {f"{START}logout"}


def test_a_browser_that_loses_the_account_over_any_foreign_request_is_not_evidence() -> None:
    app = FakeApp()
    visits: list[str] = []

    def flaky(probe: object) -> int:
        if isinstance(probe, Visit):
            visits.append("visit")
        return 403 if len(visits) == 3 else 0

    app.breaks = flaky
    played = play(CHECK, app)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert (
        "a link of another site to the start page alone made the browser of the owner lose" in played.message
    )


def test_a_request_that_never_left_the_browser_is_inconclusive() -> None:
    assert play(CHECK, FakeApp(forges=False)).verdict is Verdict.INCONCLUSIVE


def test_a_method_that_no_form_can_send_has_no_such_thing() -> None:
    app = FakeApp(sends_logout=(Request(method="DELETE", url=f"{START}session"),))
    assert play(CHECK, app).verdict is Verdict.INAPPLICABLE


def test_a_logout_in_the_page_alone_has_no_such_thing() -> None:
    assert play(CHECK, FakeApp(sends_logout=())).verdict is Verdict.INAPPLICABLE


def test_an_app_that_breaks_over_the_forged_request_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 500 if isinstance(probe, Visit) and not probe.control else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_an_app_that_is_down_for_everybody_is_not_accused() -> None:
    app = FakeApp(
        forged_logout=frozenset({"form"}), breaks=lambda probe: 503 if probe.control == Guard.OTHER else 0
    )
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_without_a_logout_nothing_is_forged() -> None:
    assert play(CHECK, scene=scene(logout=None)).verdict is Verdict.INCONCLUSIVE
