"""Users of the small Django project, and browsers that log in as them."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from tests.session.adapters.django_site import COOKIE

PASSWORD = "correct horse"


def user(name: str = "ana", **fields: Any) -> User:
    return User.objects.create_user(username=name, password=PASSWORD, **fields)


def logged_in(name: str = "ana", password: str = PASSWORD) -> Client:
    browser = Client()
    answer = browser.post("/login", {"name": name, "password": password})
    assert answer.status_code == 200, answer.content
    return browser


def who(browser: Client) -> str:
    return str(browser.get("/me").json()["who"])


def token(browser: Client) -> str:
    return browser.cookies[COOKIE].value


def holding(value: str) -> Client:
    """A browser that holds a token of somebody's."""
    browser = Client()
    browser.cookies[COOKIE] = value
    return browser
