import pytest

from sessionward.audit.experiment.forging import (
    attempts,
    login_requests,
    logout_attempts,
    logout_link,
    logout_requests,
    with_path,
)
from sessionward.audit.observation import LoggedOut
from sessionward.audit.scene import LogoutFacts
from sessionward.http import Carrier, Exchange, Request, TokenKey
from tests.audit.checks.scenes import ORACLE, SCENE, START, needing, scene

GET = Request(
    method="GET", url=f"{START}logout?sectok=1", headers=(("Cookie", "sid=1"), ("X-CSRF-Token", "2"))
)
FORM = Request(
    method="POST",
    url=f"{START}logout",
    headers=(
        ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        ("Authorization", "Bearer 3"),
    ),
    body=b"a=1",
)
JSON = Request(
    method="POST", url=f"{START}api/out", headers=(("Content-Type", "application/json"),), body=b"{}"
)
DELETE = Request(method="DELETE", url=f"{START}session")


def test_a_get_is_sent_by_an_image_and_a_link() -> None:
    assert [a.how for a in attempts(SCENE, [GET], ending=True)] == ["image", "navigate"]
    assert [a.how for a in attempts(SCENE, [GET], ending=False)] == ["navigate"]


def test_nothing_that_only_the_app_itself_can_send_goes_along() -> None:
    for attempt in attempts(SCENE, [GET, FORM], ending=True):
        names = {name.lower() for name, _ in attempt.request.headers}
        assert not names & {"cookie", "authorization", "x-csrf-token"}


def test_what_a_form_says_stays_in_it() -> None:
    (attempt,) = attempts(SCENE, [FORM], ending=False)
    assert (attempt.how, attempt.request.body) == ("form", b"a=1")
    assert attempt.told == "POST /logout by a form"


def test_a_body_of_another_type_is_sent_as_plain_text() -> None:
    (attempt,) = attempts(SCENE, [JSON], ending=False)
    assert attempt.request.header("content-type") == "text/plain"


def test_methods_that_need_leave_drop_out() -> None:
    assert attempts(SCENE, [DELETE], ending=True) == ()


def test_a_token_in_the_address_is_taken_out() -> None:
    own = scene(private=(needing(ORACLE, TokenKey(Carrier.QUERY, "sectok")),))
    assert attempts(own, [GET], ending=False)[0].request.url == f"{START}logout"


def test_the_same_request_is_sent_once_and_no_more_than_a_few() -> None:
    many = [Request(method="GET", url=f"{START}out/{n}") for n in range(9)]
    assert len(attempts(SCENE, [FORM, FORM], ending=False)) == 1
    assert len(attempts(SCENE, many, ending=True)) == 6


def test_a_logout_by_post_is_tried_by_get_as_well_before_any_other_page() -> None:
    tried = attempts(SCENE, [GET, FORM], ending=True)
    assert [(a.request.method, a.how) for a in tried] == [
        ("POST", "form"),
        ("GET", "navigate"),
        ("GET", "image"),
        ("GET", "navigate"),
    ]
    assert tried[1].request.body is None


def test_an_address_never_lacks_its_path() -> None:
    assert with_path("http://app.test") == "http://app.test/"
    assert with_path("http://app.test/in?a=1") == "http://app.test/in?a=1"


@pytest.mark.parametrize(
    "body",
    [b"user=stan%40app.test&p=x", b'{"email": "stan@app.test"}', b"user=stan@app.test", b"u=stan%40app.test"],
)
def test_a_login_is_known_by_the_name_that_it_carries(body: bytes) -> None:
    page = Request(method="GET", url=f"{START}login")
    beacon = Request(method="POST", url=f"{START}beacon", body=b"seen")
    login = Request(method="POST", url=f"{START}login", body=body)
    second = Request(method="POST", url=f"{START}password", body=b"p=x")
    made = [Exchange(request=request) for request in (page, beacon, login, second, page)]
    assert login_requests(made, "stan@app.test") == (login, second)


def test_a_login_that_hides_the_name_is_all_that_changed_state() -> None:
    hidden = Request(method="POST", url=f"{START}login", body=b"c3Rhbg==")
    made = [Exchange(request=request) for request in (GET, hidden)]
    assert login_requests(made, "stan@app.test") == (hidden,)


def test_pages_that_a_logout_only_ends_up_on_are_left_out() -> None:
    ends = [Request(method="GET", url=url) for url in (START, f"{START}login", f"{START}profile")]
    out = LoggedOut(effective=True, requests=(FORM, *ends))
    assert logout_requests(SCENE, out) == (FORM,)


@pytest.mark.parametrize(
    "link,tried",
    [
        (f"{START}#/signout", [f"{START}#/signout"]),
        (f"{START}bye", [f"{START}bye"]),
        (f"{START}v2/bye", [f"{START}v2/bye"]),
        (f"{START}bye?sectok=1", []),
        (f"{START}bye/9f8a7b6c5d", []),
        (f"{START}bye;4711aa", []),
        (f"{START}#/bye/abcdefghijklmnopqrstuvwx", []),
        (f"{START}#out=1", []),
        (f"{START}#", []),
        (START, []),
        ("javascript:out()", []),
        ("", []),
    ],
)
def test_a_link_whose_page_logs_out_by_itself_is_tried_unless_it_may_hold_a_token(
    link: str, tried: list[str]
) -> None:
    here = scene(logout=LogoutFacts(found_on=START, control="Log out", link=link))
    assert [request.url for request in logout_link(here)] == tried


def test_the_link_is_tried_before_what_the_logout_sent_and_never_twice() -> None:
    here = scene(logout=LogoutFacts(found_on=START, control="Log out", link=f"{START}bye"))
    out = LoggedOut(effective=True, requests=(Request(method="GET", url=f"{START}bye"),))
    assert [(a.how, a.told) for a in logout_attempts(here, out)] == [
        ("navigate", "GET /bye by a link"),
        ("image", "GET /bye by an image"),
    ]
    by_script = scene(logout=LogoutFacts(found_on=START, control="Log out", link=f"{START}#/signout"))
    (only,) = logout_attempts(by_script, LoggedOut(effective=True, requests=(DELETE,)))
    assert only.told == "GET /#/signout by a link"


def test_pictures_and_films_do_not_log_out() -> None:
    out = LoggedOut(effective=True, requests=(Request(method="GET", url=f"{START}Loader.MP4?v=1"), FORM))
    assert logout_requests(SCENE, out) == (FORM,)
