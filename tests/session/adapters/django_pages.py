"""The pages of the small Django project, as its own people would have written them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth import (
    aauthenticate,
    alogin,
    alogout,
    authenticate,
    get_user_model,
    login,
    logout,
)
from django.contrib.auth.models import Group
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView, PasswordResetView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from sessionward.django import first_factor, login_bearer, session_of, visit
from tests.session.adapters.django_site import PLACE


def me(request: HttpRequest) -> HttpResponse:
    data = {key: value for key, value in request.session.items() if not key.startswith("_auth")}
    found = visit(request).current()
    body = {
        "who": request.user.get_username(),
        "state": found.state,
        "role": found.role,
        "tenant": None if found.subject is None else found.subject.tenant,
        "handle": request.session.session_key,
        "locked_user": str(session_of(request).locked_user),
        "data": data,
    }
    return JsonResponse(body, headers={"Cache-Control": "public, max-age=60"})


def put(request: HttpRequest, key: str) -> HttpResponse:
    request.session[key] = request.POST.get("value", "x")
    return HttpResponse("put")


def renew(request: HttpRequest) -> HttpResponse:
    """Renew the token, and then do what cannot be kept."""
    visit(request).reauthenticated()
    visit(request).lock()
    request.session["a"] = "x"
    return HttpResponse("renewed")


def slow(request: HttpRequest, key: str) -> HttpResponse:
    """Write a value, but wait at the gate before the answer begins."""
    request.session.get(key)
    PLACE.entered.set()
    PLACE.go_on.wait(10)
    request.session[key] = "slow"
    return HttpResponse("slow")


def log_in(request: HttpRequest) -> HttpResponse:
    user = authenticate(request, username=request.POST["name"], password=request.POST["password"])
    if user is None:
        return HttpResponse("wrong", status=401)
    login(request, user)
    return HttpResponse(str(request.POST.get("say", "in")), status=int(request.POST.get("status", "200")))


def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponse("out")


async def alog_in(request: HttpRequest) -> HttpResponse:
    user = await aauthenticate(request, username=request.POST["name"], password=request.POST["password"])
    if user is None:
        return HttpResponse("wrong", status=401)
    await alogin(request, user)
    return HttpResponse("in")


async def alog_out(request: HttpRequest) -> HttpResponse:
    await alogout(request)
    return HttpResponse("out")


async def ame(request: HttpRequest) -> HttpResponse:
    user = await request.auser()
    seen = await request.session.aget("seen", 0)
    await request.session.aset("seen", seen + 1)
    return JsonResponse({"who": user.get_username(), "seen": seen})


def first(request: HttpRequest) -> HttpResponse:
    user = authenticate(request, username=request.POST["name"], password=request.POST["password"])
    if user is None:
        return HttpResponse("wrong", status=401)
    first_factor(request, user)
    return HttpResponse("first")


def second(request: HttpRequest, name: str) -> HttpResponse:
    login(request, _named(name))
    return HttpResponse("in")


def phone(request: HttpRequest) -> HttpResponse:
    user = authenticate(request, username=request.POST["name"], password=request.POST["password"])
    return JsonResponse(login_bearer(request, user).as_dict())


def refresh(request: HttpRequest) -> HttpResponse:
    return JsonResponse(visit(request).refresh(request.POST["refresh_token"]).as_dict())


def lock(request: HttpRequest) -> HttpResponse:
    visit(request).lock()
    return HttpResponse("locked")


def disable(request: HttpRequest, name: str) -> HttpResponse:
    user = _named(name)
    user.is_active = False
    with transaction.atomic():
        user.save()
    return HttpResponse("disabled")


def join(request: HttpRequest, group: str) -> HttpResponse:
    """Give oneself other privileges."""
    found: Any = Group.objects.get_or_create(name=group)[0]
    found.user_set.add(request.user)
    return HttpResponse("joined")


def impersonate(request: HttpRequest, name: str) -> HttpResponse:
    """Name a user in the data without logging them in, as no app should."""
    request.session["_auth_user_id"] = str(_named(name).pk)
    return HttpResponse("got in")


def crash(request: HttpRequest) -> HttpResponse:
    request.session["half"] = "done"
    raise ValueError("a view that crashes")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    request.session["streamed"] = "yes"

    def parts() -> Iterator[bytes]:
        yield b"one"
        yield b"two"

    return StreamingHttpResponse(parts())


def never(request: HttpRequest) -> HttpResponse:
    request.session.set_expiry(3600)
    return HttpResponse("never")


def _named(name: str) -> Any:
    return get_user_model().objects.get(username=name)


urlpatterns = [
    path("renew", renew),
    path("me", me),
    path("put/<key>", csrf_exempt(put)),
    path("slow/<key>", csrf_exempt(slow)),
    path("login", csrf_exempt(log_in)),
    path("logout", csrf_exempt(log_out)),
    path("alogin", csrf_exempt(alog_in)),
    path("alogout", csrf_exempt(alog_out)),
    path("ame", ame),
    path("first", csrf_exempt(first)),
    path("second/<name>", csrf_exempt(second)),
    path("phone", csrf_exempt(phone)),
    path("refresh", csrf_exempt(refresh)),
    path("guarded/<key>", put),
    path("lock", csrf_exempt(lock)),
    path("disable/<name>", csrf_exempt(disable)),
    path("join/<group>", csrf_exempt(join)),
    path("impersonate/<name>", csrf_exempt(impersonate)),
    path("crash", csrf_exempt(crash)),
    path("stream", stream),
    path("never", never),
    path("password", PasswordChangeView.as_view(success_url="/me")),
    path("forgotten", PasswordResetView.as_view(success_url="/me")),
    path(
        "reset/<uidb64>/<token>/",
        PasswordResetConfirmView.as_view(success_url="/me"),
        name="password_reset_confirm",
    ),
    path("admin/", admin.site.urls),
]
