"""The middleware that finds each request's session and completes each answer, for views that block or await."""

from collections.abc import Awaitable
from contextlib import suppress
from http.cookies import Morsel
from typing import Any
from urllib.parse import quote

from django.contrib.sessions.middleware import SessionMiddleware as DjangosOwn
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from sessionward.session.adapters.answer_headers import (
    FORBIDDEN,
    NO_STORE,
    REFUSALS,
    VARY,
    answer_headers,
    unavailable,
)
from sessionward.session.adapters.authorization import authorization
from sessionward.session.adapters.client_facts import client_facts
from sessionward.session.adapters.cookie_header import SessionCookie
from sessionward.session.adapters.django.configuration import Configuration, configured
from sessionward.session.adapters.django.session_engine import CURRENT, NotSaved, SessionStore
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.person import SAFE_METHODS, by_person
from sessionward.session.adapters.phone import ACTIVITY
from sessionward.session.adapters.possession import offered
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import Steps
from sessionward.session.result import StoreError

SERVER_ERROR = 500


class SessionMiddleware(DjangosOwn):
    """Takes the place of Django's own, before AuthenticationMiddleware.

    It is a subclass because the checks of the admin pages ask for one; nothing of the other's is ever run.
    """

    def __call__(self, request: HttpRequest) -> Any:
        """Serve one request."""
        if self.async_mode:
            return self.__acall__(request)
        try:
            served = _Served(configured(), request)
            served.session.take(served.arriving())
        except StoreError as error:
            return refusal(unavailable(error))
        before = CURRENT.set(served.session)
        try:
            answer: Any = self.get_response(request)
        finally:
            CURRENT.reset(before)
        response: HttpResponseBase = answer
        try:
            served.session.take(served.finishing(response))
        except (StoreError, NotSaved) as error:
            return served.instead(response, error)
        served.complete(response)
        if served.shared.purges.due(served.session.visit.since):
            with suppress(StoreError):  # the next one will do
                served.shared.store.purge(now=served.shared.keeper.clock())
        return response

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve one request without leaving the event loop."""
        try:
            served = _Served(configured(), request)
            await served.session.atake(served.arriving())
        except StoreError as error:
            return refusal(unavailable(error))
        before = CURRENT.set(served.session)
        try:
            answer: Any = self.get_response(request)
            response: HttpResponseBase = await answer if isinstance(answer, Awaitable) else answer
        finally:
            CURRENT.reset(before)
        try:
            await served.session.atake(served.finishing(response))
        except (StoreError, NotSaved) as error:
            return served.instead(response, error)
        served.complete(response)
        if served.shared.purges.due(served.session.visit.since):
            with suppress(StoreError):  # the next one will do
                await served.shared.async_store.purge(now=served.shared.keeper.clock())
        return response

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer where a view met a store that cannot be asked, or asked for what did not happen."""
        return refusal(_status(exception)) if isinstance(exception, StoreError | NotSaved | Refused) else None


class _Served:
    """A request, its session, and what its answer will have to say."""

    def __init__(self, shared: Configuration, request: HttpRequest) -> None:
        headers = [
            (name, str(request.META[key]).encode("latin-1", "replace"))
            for name, key in ((b"cookie", "HTTP_COOKIE"), (b"authorization", "HTTP_AUTHORIZATION"))
            if key in request.META
        ]
        bearer = authorization(headers)
        self.shared = shared
        self._request = request
        self._bearer = bearer is not None
        self._private = self._bearer or shared.cookie.present(headers)
        visit = Visit(
            shared.keeper,
            shared.cookie.read(headers) if bearer is None else bearer.token,
            request.path,
            client=lambda: client_facts(request.headers.get("User-Agent"), request.META.get("REMOTE_ADDR")),
        )
        proofs = (request.META["HTTP_DPOP"],) if "HTTP_DPOP" in request.META else ()
        if bearer is not None or shared.dpop is not None:
            method = request.method or "GET"
            visit.possession = offered(shared.dpop, proofs, method, quote(request.path), bearer)
        self.session = SessionStore(visit=visit, path=request.path)
        request.session = self.session

    def arriving(self) -> Steps[None]:
        """Find the session."""
        method, header = self._request.method or "GET", self._request.headers.get
        caused = by_person(method, header) or (self._bearer and header(ACTIVITY) == "?1")
        yield from self.session.arriving(by_person=caused, safe=method in SAFE_METHODS)
        if self._bearer:  # what came is no cookie, which a foreign page could have a browser send
            known: Any = self._request
            known._dont_enforce_csrf_checks = True  # noqa: SLF001 - CsrfViewMiddleware's own switch, also the test client's

    def finishing(self, response: HttpResponseBase) -> Steps[None]:
        """Write what the view changed; after a crash only where a login or a renewal would else be half done."""
        if response.status_code < SERVER_ERROR or self.session.visit.hand_out is not None:
            yield from self.session.finishing()

    def complete(self, response: HttpResponseBase) -> None:
        """Tell the browser its token, and every cache what it may not keep."""
        said = answer_headers(self.session.visit, self.shared.cookie, came_with_token=self._private)
        if said.private:
            _keep_nowhere(response)
        for name, value in said.more:
            response.headers[name] = value
        if said.set_cookie is not None:
            response.cookies[self.shared.cookie.name] = _Line(self.shared.cookie, said.set_cookie)
        patch_vary_headers(response, VARY.split(", "))

    def instead(self, response: HttpResponseBase, error: Exception) -> HttpResponse:
        """What to answer instead; after a renewal with the new token, without which a browser looks like a thief's."""
        response.close()
        made = refusal(_status(error))
        if isinstance(error, NotSaved):
            self.complete(made)
        return made


class _Line(Morsel[str]):
    """A cookie that stands in the answer as we spell it: Python's own knows no Priority, and Partitioned from 3.14."""

    def __init__(self, cookie: SessionCookie, line: str) -> None:
        super().__init__()
        value = line.partition(";")[0].partition("=")[2]
        self.set(cookie.name, value, value)
        said: dict[str, Any] = {"path": "/", "secure": True, "httponly": True}
        self.update(said | ({} if value else {"max-age": 0}))
        self._line = line

    def OutputString(self, attrs: Any = None) -> str:  # noqa: ARG002, N802 - the name and signature of Morsel's
        """The line after "Set-Cookie: "."""
        return self._line


def refusal(status: int) -> HttpResponse:
    """Serve nothing: neither what the app made nor anything of the session."""
    response = HttpResponse(f"{status}\n", status=status, content_type="text/plain; charset=utf-8")
    _keep_nowhere(response)
    patch_vary_headers(response, VARY.split(", "))
    return response


def _keep_nowhere(response: HttpResponseBase) -> None:
    """No cache may keep the answer; "private" is for Django's UpdateCacheMiddleware, which reads nothing else."""
    del response.headers["Expires"]
    response.headers["Cache-Control"] = f"{NO_STORE}, private"


def _status(error: Exception) -> int:
    if isinstance(error, NotSaved):
        return REFUSALS[error.unsaved]
    return unavailable(error) if isinstance(error, StoreError) else FORBIDDEN
