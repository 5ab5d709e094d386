import pytest

from sessionward.audit.check import Place
from sessionward.audit.report.identity import fingerprint, spot, spots


@pytest.mark.parametrize(
    "url,kind",
    [
        ("http://127.0.0.1:8000/records/17?page=2", "GET /records/{}"),
        ("https://clinic.example/records/18#top", "GET /records/{}"),
        ("/notes/0b8e7a3c-4b1f-4a55-9d2e-6a1f0f3c9b77/export", "GET /notes/{}/export"),
        ("/records/rec-20ce/print", "GET /records/{}/print"),
        ("/api/v2/me", "GET /api/v2/me"),
        ("/files/report-2026.pdf", "GET /files/{}"),
        ("http://127.0.0.1:1/", "GET /"),
        ("http://127.0.0.1:1", "GET /"),
        ("/r/‹token 5f1c9a77›", "GET /r/{}"),
        ("/appointments/upcoming-and-past", "GET /appointments/upcoming-and-past"),
        ("http://[broken/path", "GET http://[broken/path"),
    ],
)
def test_a_place_is_a_kind_of_address(url: str, kind: str) -> None:
    assert spot("get", url) == kind


def test_the_same_defect_has_the_same_fingerprint_at_another_port_and_record() -> None:
    here = (Place(method="GET", url="http://127.0.0.1:8000/records/17"),)
    there = (Place(method="GET", url="https://clinic.example/records/204"),)
    assert fingerprint("a", here) == fingerprint("a", there)
    assert len(fingerprint("a", here)) == 32


def test_another_check_or_another_page_has_another_fingerprint() -> None:
    here = (Place(method="GET", url="/records/17"),)
    there = (Place(method="GET", url="/notes/17"),)
    assert len({fingerprint("a", here), fingerprint("b", here), fingerprint("a", there)}) == 3


def test_the_order_of_places_does_not_matter() -> None:
    one, two = Place(method="GET", url="/a"), Place(method="POST", url="/b")
    assert fingerprint("x", (one, two)) == fingerprint("x", (two, one))
    assert spots((one, two)) == {"GET /a", "POST /b"}


def test_an_address_that_is_no_text_of_unicode_is_no_reason_to_fail() -> None:
    assert fingerprint("a", (Place(method="GET", url="/\udcff"),))
