from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import AsyncClient, Client
from django.urls import path

from sessionward.session.adapters.django_headers import django_clear_site_data, django_security_headers
from tests.session.adapters.django_clinic import project

headers = django_security_headers()


def page(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string("{{ request.csp_nonce }}")
    return HttpResponse(template.render({"request": request}))


def weak(request: HttpRequest) -> HttpResponse:
    django_clear_site_data(request)
    return HttpResponse("", headers={"Content-Security-Policy": "img-src *", "X-Frame-Options": "ALLOWALL"})


urlpatterns = [path("", page), path("weak", weak)]


@pytest.fixture(autouse=True)
def clinic() -> Iterator[None]:
    builtin = [
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ]
    with project([f"{__name__}.headers", *builtin], __name__):
        yield


def test_a_page_bears_its_nonce() -> None:
    answer = Client().get("/", secure=True)
    assert f"'nonce-{answer.text}'" in answer.headers["Content-Security-Policy"]
    assert len(answer.text) == 22
    assert "Strict-Transport-Security" in answer.headers
    assert "Strict-Transport-Security" not in Client().get("/").headers


def test_what_is_weaker_yields_and_an_open_policy_is_joined_by_ours() -> None:
    answer = Client().get("/weak")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Content-Security-Policy"].startswith(
        "img-src *, default-src 'none'; script-src 'nonce-"
    )
    assert answer.headers["Clear-Site-Data"] == '"storage"'


async def test_it_serves_asynchronously() -> None:
    answer = await AsyncClient().get("/")
    assert f"'nonce-{answer.content.decode()}'" in answer.headers["Content-Security-Policy"]
