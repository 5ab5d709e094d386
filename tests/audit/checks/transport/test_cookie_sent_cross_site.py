from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.checks.transport.cookie_sent_cross_site import CHECK
from sessionward.audit.probe import Forge
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, START, scene
from tests.audit.checks.transcript import play


def test_a_cookie_that_goes_along_with_an_image_is_a_defect() -> None:
    played = play(CHECK, FakeApp(goes_along=frozenset({"image"})))
    assert (played.verdict, played.confidence, played.severity) == (
        Verdict.FAILED,
        Confidence.CONFIRMED,
        None,
    )


def test_one_that_only_goes_along_with_a_form_while_it_is_fresh_is_less_of_one() -> None:
    played = play(CHECK, FakeApp(goes_along=frozenset({"form"})))
    assert (played.verdict, played.severity) == (Verdict.FAILED, Severity.LOW)


def test_a_cookie_that_is_kept_back_passes_and_both_ways_were_tried() -> None:
    played = play(CHECK, FakeApp(goes_along=frozenset()))
    assert played.verdict is Verdict.PASSED
    assert {probe.how for probe in played.probes if isinstance(probe, Forge)} == {"image", "form"}


def test_the_form_is_sent_to_an_address_that_no_app_knows() -> None:
    played = play(CHECK, FakeApp(goes_along=frozenset()))
    (form,) = [probe for probe in played.probes if isinstance(probe, Forge) and probe.how == "form"]
    assert form.request.url == f"{START}sessionward-3"


def test_requests_that_never_left_tell_nothing() -> None:
    assert play(CHECK, FakeApp(forges=False)).verdict is Verdict.INCONCLUSIVE


def test_an_app_without_a_login_cookie_has_no_such_thing() -> None:
    assert play(CHECK, scene=scene(private=(API,))).verdict is Verdict.INAPPLICABLE
