"""The battery's routes for Django."""

from __future__ import annotations

from django.contrib.auth import login as log_in
from django.contrib.auth import logout as log_out
from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.urls import path


def me(request: HttpRequest) -> JsonResponse:
    """Who is logged in, and what the session holds."""
    who = request.user.get_username() if request.user.is_authenticated else None
    data = {key: value for key, value in request.session.items() if not key.startswith("_")}
    return JsonResponse({"who": who, "data": data})


def put(request: HttpRequest, key: str, value: str) -> JsonResponse:
    """Write a value."""
    request.session[key] = value
    return JsonResponse({})


def login(request: HttpRequest) -> JsonResponse:
    """Log in."""
    log_in(request, User.objects.get(username="alice"), backend="django.contrib.auth.backends.ModelBackend")
    return JsonResponse({})


def logout(request: HttpRequest) -> JsonResponse:
    """Log out."""
    log_out(request)
    return JsonResponse({})


def renew(request: HttpRequest) -> JsonResponse:
    """Renew the token, as `update_session_auth_hash` does."""
    request.session.cycle_key()
    return JsonResponse({})


urlpatterns = [
    path("me", me),
    path("login", login),
    path("logout", logout),
    path("renew", renew),
    path("set/<str:key>/<str:value>", put),
]
