"""Sessions for Flask: an interface in the place of its own, and the visit that handlers speak to.

`flask.session` is the dictionary that Flask's users know, kept value by value, and `visit` logs in and out.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import cast
from urllib.parse import quote

from flask import Flask, Request, Response, abort
from flask import session as flask_session
from flask.sessions import SessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, HTTPException, NotFound, ServiceUnavailable
from werkzeug.local import LocalProxy

from sessionward.session.adapters.answer_headers import (
    NO_STORE,
    REFUSALS,
    UNAVAILABLE,
    VARY,
    answer_headers,
    unavailable,
)
from sessionward.session.adapters.authorization import authorization
from sessionward.session.adapters.blocking_visit import BlockingVisit
from sessionward.session.adapters.client_facts import client_facts
from sessionward.session.adapters.cookie_header import SessionCookie
from sessionward.session.adapters.keeper import Keeper, Refused
from sessionward.session.adapters.person import SAFE_METHODS, by_person
from sessionward.session.adapters.phone import ACTIVITY, arrive_by_phone
from sessionward.session.adapters.possession import Judge, offered
from sessionward.session.adapters.purges import Purges
from sessionward.session.adapters.request_session import RequestSession
from sessionward.session.adapters.visit import Visit
from sessionward.session.clock import SteadyClock
from sessionward.session.guard.ownership import NotYours
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.result import StoreError
from sessionward.session.stores.store import Store


class FlaskSession(RequestSession, SessionMixin):
    """`flask.session`. How long it lives is the policy's to say, so `permanent` may be set and means nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.blocking: BlockingVisit | None = None
        self.private = False
        self.unavailable = False

    @property
    def permanent(self) -> bool:
        """Whether the cookie outlives the browser: it never does."""
        return False

    @permanent.setter
    def permanent(self, value: bool) -> None:
        """Apps set it out of habit; the policy decides all the same."""


class Sessionward(SessionInterface):
    """Gives `app` sessions that are kept in `store` under `policy`: a profile's name, a policy, or policies.

    Paths below those in `public` (such as "/static") never see a session.

    Raises:
        PolicyError: the policy is refused.
        UnknownProfileError: no profile has that name.

    """

    def __init__(
        self,
        app: Flask | None = None,
        *,
        store: Store,
        policy: str | Policy | Policies = "patient-portal",
        cookie: SessionCookie | None = None,
        public: Iterable[str] = ("/static",),
        dpop: Judge | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._store = store
        self._cookie = cookie or SessionCookie()
        self._public = tuple(path.rstrip("/") for path in public)
        self._keeper = Keeper(policies=Policies.of(policy), clock=clock or SteadyClock())
        self._purges = Purges()
        self._dpop = dpop
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Take the place of the session interface of `app`."""
        app.session_interface = self
        app.before_request_funcs.setdefault(None, []).insert(0, _refuse_without_a_store)

        def as_forbidden(_error: Refused) -> HTTPException | ResponseReturnValue:
            return app.handle_http_exception(Forbidden())

        def as_unavailable(error: StoreError) -> HTTPException | ResponseReturnValue:
            unavailable(error)
            return app.handle_http_exception(ServiceUnavailable())

        app.register_error_handler(Refused, as_forbidden)
        app.register_error_handler(StoreError, as_unavailable)

    def open_session(self, _app: Flask, request: Request) -> FlaskSession | None:
        """Find the session of `request`; None for a path that never sees one."""
        if any(request.path == entry or request.path.startswith(f"{entry}/") for entry in self._public):
            return None
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers
        ]
        bearer = authorization(headers)
        session = FlaskSession()
        visit = Visit(
            self._keeper,
            self._cookie.read(headers) if bearer is None else bearer.token,
            request.path,
            client=lambda: client_facts(request.headers.get("User-Agent"), request.remote_addr),
            session=session,
        )
        path = quote(f"{request.script_root}{request.path}")
        proofs = tuple(request.headers.getlist("DPoP"))
        if bearer is not None or self._dpop is not None:
            visit.possession = offered(self._dpop, proofs, request.method, path, bearer)
        session.blocking = BlockingVisit(visit, self._store)
        session.private = bearer is not None or self._cookie.present(headers)
        caused = by_person(request.method, request.headers.get)
        try:
            if bearer is None:
                session.blocking.take(visit.arrive(by_person=caused, safe=request.method in SAFE_METHODS))
            else:  # no session is opened that is bound to a key before the key is proved
                acted = caused or request.headers.get(ACTIVITY) == "?1"
                session.blocking.take(arrive_by_phone(visit, by_person=acted))
        except StoreError as error:
            unavailable(error)
            session.unavailable = True
        return session

    def save_session(self, _app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what was changed and complete the answer, or refuse it."""
        if not isinstance(session, FlaskSession) or session.blocking is None:
            return
        status = UNAVAILABLE if session.unavailable else self._save(session.blocking)
        if status is not None:
            _refuse(response, status)
            if status == UNAVAILABLE:
                return
        said = answer_headers(session.blocking.visit, self._cookie, came_with_token=session.private)
        if said.private:
            response.headers["Cache-Control"] = NO_STORE
            response.headers.pop("Expires", None)
        for name, value in said.more:
            response.headers[name] = value
        if said.set_cookie is not None:
            response.headers.add("Set-Cookie", said.set_cookie)
        response.vary.update(VARY.split(", "))
        if self._purges.due(session.blocking.visit.since):
            with suppress(StoreError):  # the next one will do
                self._store.purge(now=self._keeper.clock())

    def _save(self, blocking: BlockingVisit) -> int | None:
        """The status to refuse with, None if all is well."""
        try:
            unsaved = blocking.take(blocking.visit.save())
        except StoreError as error:
            return unavailable(error)
        return None if unsaved is None else REFUSALS[unsaved]


def flask_object_guard(app: Flask) -> None:
    """Answer `NotYours` in views of `app` as the app answers an address that it does not know."""

    def as_missing(_error: NotYours) -> HTTPException | ResponseReturnValue:
        return app.handle_http_exception(NotFound())

    app.register_error_handler(NotYours, as_missing)


def _refuse_without_a_store() -> None:
    """Before anything of the app runs: where the session could not be read, nothing is served."""
    if getattr(flask_session, "unavailable", False):
        abort(UNAVAILABLE)


def _refuse(response: Response, status: int) -> None:
    """Serve nothing: neither what the app made nor anything of the session."""
    response.headers.clear()
    response.status_code = status
    response.set_data(f"{status}\n")
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Cache-Control"] = NO_STORE
    response.headers["Vary"] = VARY


def _visit() -> BlockingVisit:
    found: BlockingVisit | None = getattr(flask_session, "blocking", None)
    if found is None:
        raise RuntimeError("Sessionward is not the session interface of this app, or this path is public.")
    return found


visit = cast(BlockingVisit, LocalProxy(_visit))
"""The visit of the request that is being served."""
