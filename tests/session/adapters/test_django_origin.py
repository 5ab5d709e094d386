import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.template import engines
from django.test import AsyncClient, Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from sessionward.session.adapters.arrival import VISITOR_COOKIE, RefusedRequest
from sessionward.session.adapters.django_origin import django_forgery_guard
from sessionward.session.adapters.state_changing import state_changing
from sessionward.session.forgery.judge import Doubt
from sessionward.session.forgery.rules import ForgeryRules
from tests.session.adapters.django_clinic import project

refused: list[RefusedRequest] = []
guard = django_forgery_guard(
    ForgeryRules(origins=["https://portal.example"], keys=[b"k" * 32], session_cookies=["sessionid"]),
    HttpResponseForbidden,
    on_refusal=refused.append,
)


def form(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string("<form>{% csrf_token %}</form>")
    return HttpResponse(template.render({}, request))


def transfer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"transferred {request.POST.get('to', '')}")


@state_changing
def confirm(request: HttpRequest) -> HttpResponse:
    return HttpResponse("confirmed")


async def transfer_later(request: HttpRequest) -> HttpResponse:
    return HttpResponse("transferred later")


urlpatterns = [
    path("form", form),
    path("transfer", transfer),
    path("later", transfer_later),
    path("hook", csrf_exempt(transfer)),
    path("protected", csrf_protect(transfer)),
    path("protected-form", csrf_protect(form)),
    path("protected-hook", csrf_exempt(csrf_protect(transfer))),
    path("confirm", confirm),
]


@pytest.fixture(autouse=True)
def clinic() -> Iterator[None]:
    refused.clear()
    with project([f"{__name__}.guard"], __name__):
        yield


def client(**headers: str) -> Client:
    return Client(enforce_csrf_checks=True, headers={"host": "portal.example"} | headers)


OWN = {"Sec-Fetch-Site": "same-origin"}
FORGED = {"Sec-Fetch-Site": "cross-site"}


def test_a_forged_post_is_refused_and_our_own_is_not() -> None:
    answer = client().post("/transfer", {"to": "eve"}, headers=FORGED)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (403, "no-store")
    assert [told.doubt for told in refused] == [Doubt.CROSS_SITE]
    assert client().post("/transfer", {"to": "ana"}, headers=OWN).content == b"transferred ana"


def shown_token(page: Any) -> str:
    found = re.search(rb'name="csrfmiddlewaretoken" value="(\w{64})"', page.content)
    assert found is not None
    return found[1].decode()


def test_the_template_tag_shows_a_token_that_a_browser_which_says_nothing_may_bring() -> None:
    browser = client()
    page = browser.get("/form")
    assert page.headers["Cache-Control"] == "no-store"
    morsel = browser.cookies[VISITOR_COOKIE]
    assert [morsel[name] for name in ("path", "secure", "httponly", "samesite")] == ["/", True, True, "Lax"]
    token = shown_token(page)
    data = {"to": "ana", "csrfmiddlewaretoken": token}
    assert browser.post("/transfer", data).content == b"transferred ana"
    assert browser.post("/transfer", {}, headers={"X-CSRFToken": token}).status_code == 200
    assert browser.post("/transfer", {"to": "ana"}).status_code == 403
    assert client().post("/transfer", data).status_code == 403


def test_a_view_that_asks_djangos_own_check_shows_a_token_of_ours_each_time() -> None:
    browser = client()
    for _ in range(2):  # Django has set a cookie of its own the first time
        token = shown_token(browser.get("/protected-form"))
        for address in ("/protected", "/transfer"):
            answer = browser.post(address, {"to": "ana", "csrfmiddlewaretoken": token})
            assert answer.content == b"transferred ana"


def test_a_token_is_bound_to_the_session_where_there_is_one() -> None:
    browser = client()
    browser.cookies["sessionid"] = "first"
    page = browser.get("/form")
    assert VISITOR_COOKIE not in page.cookies
    data = {"csrfmiddlewaretoken": shown_token(page)}
    assert browser.post("/transfer", data).status_code == 200
    browser.cookies["sessionid"] = "second"
    assert browser.post("/transfer", data).status_code == 403


def test_a_page_without_a_form_sets_no_cookie() -> None:
    assert client().get("/transfer").cookies == {}


def test_what_is_exempt_and_what_asks_djangos_own_check_goes_by_the_same_judgement() -> None:
    assert client().post("/hook", headers=FORGED).status_code == 200
    assert client().post("/protected", headers=OWN).status_code == 200
    assert client().post("/protected-hook", headers=OWN).status_code == 200
    assert client().post("/protected-hook", headers=FORGED).status_code == 403


def test_a_client_of_tests_is_not_checked_unless_it_asks() -> None:
    assert Client(headers={"host": "portal.example"}).post("/transfer").status_code == 200


def test_a_marked_view_is_judged_upon_get_too() -> None:
    link = FORGED | {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert client().get("/confirm", headers=link).status_code == 403
    assert client().get("/confirm", headers=OWN).status_code == 200
    assert client().get("/transfer", headers=link).status_code == 200
    browser = client()
    data = {"csrfmiddlewaretoken": shown_token(browser.get("/form"))}
    assert browser.post("/confirm", data).content == b"confirmed"


async def test_it_serves_asynchronously_without_changing_threads() -> None:
    browser = AsyncClient(enforce_csrf_checks=True, headers={"host": "portal.example"})
    forged = await browser.post("/later", headers=FORGED)
    own = await browser.post("/later", headers=OWN)
    assert (forged.status_code, own.content) == (403, b"transferred later")
    assert (await browser.get("/form")).status_code == 200
