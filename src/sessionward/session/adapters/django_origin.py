"""The defence against forged requests for Django, in place of its CsrfViewMiddleware.

`{% csrf_token %}`, `csrf_exempt` and the names of field and header stay as they are. Nothing of Django is imported:
a middleware is a function, and what it is given is known by its shape.
"""

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any

from sessionward.session.adapters.arrival import REFUSAL, VISITOR_COOKIE, Arrival, OnRefusal
from sessionward.session.adapters.state_changing import is_state_changing
from sessionward.session.adapters.wsgi_origin import PLACE, REFUSED, sent_by
from sessionward.session.forgery.rules import ForgeryRules

TOKEN_FIELD = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
SECRET = "CSRF_COOKIE"  # noqa: S105 - where Django's template tag looks for what it masks
SHOWN = "CSRF_COOKIE_NEEDS_UPDATE"
"""There once a token was shown; `csrf_protect`, which the views of django.contrib.auth bear, makes it False again."""
DJANGOS_COOKIE = "csrftoken"
"""What those views read a secret of their own from, in place of ours, and set by themselves."""

Middleware = Callable[[Any], Any]


def django_forgery_guard(
    rules: ForgeryRules, refuse: Callable[..., Any], *, on_refusal: OnRefusal | None = None
) -> Middleware:
    """The middleware to name in MIDDLEWARE. `refuse` makes the answer: django.http.HttpResponseForbidden.

    `on_refusal` is told of each refusal.
    """
    views = _Views(refuse, on_refusal)

    def guard(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def serve(request: Any) -> Any:
            return _leave(_enter(rules, request), request, get_response(request))

        async def serve_async(request: Any) -> Any:
            return _leave(_enter(rules, request), request, await get_response(request))

        awaited = iscoroutinefunction(get_response)
        served: Callable[[Any], Any] = serve_async if awaited else serve
        vars(served)["process_view"] = views.judge_async if awaited else views.judge
        return served

    vars(guard).update(sync_capable=True, async_capable=True)
    return guard


class _Views:
    """The judgement of a request once its view is known, which may be marked or exempt."""

    def __init__(self, refuse: Callable[..., Any], on_refusal: OnRefusal | None) -> None:
        self._refuse = refuse
        self._on_refusal = on_refusal

    def judge(self, request: Any, view: Any, *_: object) -> Any:
        """The refusal, None if the view may be called."""
        arrival: Arrival = request.META[PLACE]
        if is_state_changing(view):
            arrival.mark()
        arrival.show(_token(arrival, request))
        if arrival.doubt is None:
            request.csrf_processing_done = True  # for csrf_protect, and whoever else asks Django's own check
            return None
        if getattr(view, "csrf_exempt", False) or getattr(request, "_dont_enforce_csrf_checks", False):
            return None
        refused = arrival.refused()
        if self._on_refusal is not None:
            self._on_refusal(refused)
        return self._refuse(REFUSAL, headers=dict(REFUSED))

    async def judge_async(self, request: Any, view: Any, *rest: object) -> Any:
        """The same without a change of threads."""
        return self.judge(request, view, *rest)


def _enter(rules: ForgeryRules, request: Any) -> Arrival:
    arrival = Arrival(rules, sent_by(request.META, path=request.path))
    request.META[PLACE] = arrival
    if rules.keys:
        request.META[SECRET] = arrival.secret()
        request.COOKIES.pop(DJANGOS_COOKIE, None)
    return arrival


def _leave(arrival: Arrival, request: Any, response: Any) -> Any:
    """The answer with the cookie that a form in it needs; without a form there is none."""
    if arrival.minted is not None and SHOWN in request.META:
        response.headers["Cache-Control"] = "no-store"
        response.set_cookie(VISITOR_COOKIE, arrival.minted, secure=True, httponly=True, samesite="Lax")
    return response


def _token(arrival: Arrival, request: Any) -> str | None:
    """What was shown as a token. The form is read only where a token is awaited, as it may hold an upload."""
    if not arrival.awaits_token:
        return None
    found: str | None = arrival.token_in_header
    return found if found is not None else request.POST.get(TOKEN_FIELD)
