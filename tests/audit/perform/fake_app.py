"""A small server-rendered app in memory, sound as it stands, with a switch for each way to misbehave."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from sessionward.http import Request, Response
from tests.audit.explore.fake_tab import fields_of
from tests.audit.explore.sites import html, redirect

START = "http://app.test/"
LOGIN = """<main><form method="post" action="/login"><p>{said}</p>
<label for="u">User name</label><input id="u" name="username">
<label for="p">Password</label><input id="p" name="password" type="password">
<label><input type="checkbox" name="remember" value="1"> Remember me</label>
<button>Log in</button></form></main>"""
FORGOT = """<main><form method="post" action="/forgot"><p>A mail is on its way to whom it concerns.</p>
<label>{asked} <input name="who"></label><button>Submit</button></form></main>"""
LINK = '<a href="/password">Change password</a>'
MENU = f"""<header><a href="/home">Home</a> <a href="/profile">My profile</a> {LINK}
<form method="post" action="/logout"><button>Log out</button></form></header>"""
PASSWORD = """<main><form method="post" action="/password"><p>{said}</p>
<label for="c">Current password</label><input id="c" type="password" name="current" autocomplete="current-password">
<label for="n">New password</label><input id="n" type="password" name="new" autocomplete="new-password">
<label for="r">Repeat new password</label><input id="r" type="password" name="repeat" autocomplete="new-password">
<button>Change password</button></form></main>"""
ADDRESS = """<main><h1>My profile</h1><form method="post" action="/address"><p>{said}</p>
<label>Full name <input name="name" value="{name}"></label>
<label>Home address <input name="address" value="{text}"></label><button>Save</button></form></main>"""


@dataclass(slots=True, kw_only=True)
class FakeApp:
    """Accounts, sessions and switches.

    ``logout``: ends; ends all (of the account); forgets (the cookie alone goes); pretends (the login page follows, and
    that is all); nothing (the control does nothing); link (the control
    is one); none (there is no control).
    ``change``: works; refuses; unlearned (takes the new password and keeps the old one as well); none (no form).
    ``history``: refuses so many former passwords. ``ends_others``: a password change ends the account's other sessions.
    ``cap``: so many sessions of one account live at once; ``most_logins``: more are refused.
    ``lax``: any password is let in; ``given`` are those that were tried.
    ``tries``: after so many wrong passwords an account's logins get 429; ``words`` are said to the wrong ones in turn.
    ``locks``: after so many in a row the right password is answered as a wrong one.
    ``addresses``: by account, what its form at /address holds; without any there is no form. ``saves``: works,
    refuses, cuts (keeps only the beginning), renews (the session, too), or by link (its values may stand in the
    address of the page as well).
    ``frames``: what other origins may do: none, all (frame and read), visitors (frame, and the form is theirs), or the
    page breaks out of frames.
    ``crowded``: so many of the next logins, right ones too, get 429 with ``retry_after``.
    ``busy``: so many of the next requests get 429 with ``retry_after``. ``down``: nothing answers.
    ``forgot``: what the form for a forgotten password asks for, empty where there is none.
    ``same``: every private page shows the same to everybody. ``door``: open, or closed (there is no login form).
    ``after``: what happens right after the app did "METHOD /path": raise there, or turn a switch.
    """

    passwords: dict[str, str] = field(default_factory=lambda: {"ana": "Ana-1-secret", "ben": "Ben-1-secret"})
    logout: str = "ends"
    change: str = "works"
    history: int = 0
    ends_others: bool = True
    checks_current: bool = True
    cap: int | None = None
    tries: int | None = None
    locks: int | None = None
    most_logins: int | None = None
    lax: bool = False
    given: list[str] = field(default_factory=list)
    words: tuple[str, ...] = ("Wrong user name or password.",)
    addresses: dict[str, str] = field(default_factory=dict)
    saves: str = "works"
    frames: str = "none"
    crowded: int = 0
    busy: int = 0
    retry_after: str = ""
    down: bool = False
    forgot: str = ""
    same: bool = False
    door: str = "open"
    after: dict[str, Callable[[], None]] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    former: dict[str, list[str]] = field(default_factory=dict)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def alive(self, name: str) -> int:
        """How many sessions of an account live on the server."""
        return list(self.sessions.values()).count(name)

    def __call__(self, request: Request) -> Response:
        """Answer a request."""
        path = urlsplit(request.url).path
        line = f"{request.method} {path}"
        self.asked.append(line)
        if self.busy:
            self.busy -= 1
            return Response(
                status=429, headers=(("Retry-After", self.retry_after),), body=b"Too many requests."
            )
        answer = self._answer(request, line)
        if what := self.after.get(line):
            what()
        return answer

    def _answer(self, request: Request, line: str) -> Response:
        token = sid_of(request)
        if self.door == "closed":
            return html("<main><h1>Closed for maintenance</h1></main>")
        if line == "POST /login":
            return self._log_in(fields_of(request))
        if line.partition(" ")[2] == "/forgot" and self.forgot:
            return html(FORGOT.format(asked=self.forgot))
        if line == "GET /login":
            more = '<a href="/forgot">Forgot your password?</a>' if self.forgot else ""
            return html(
                LOGIN.format(said="") + more, cookies=() if token else (f"sid={self._mint()}; HttpOnly",)
            )
        name = self.sessions.get(token, "")
        return self._private(request, line, name, token) if name else redirect("/login")

    def _private(self, request: Request, line: str, name: str, token: str) -> Response:
        if line == "POST /logout":
            return self._log_out(token)
        if line == "POST /password":
            return self._change(name, token, fields_of(request))
        if line == "GET /password" and self.change != "none":
            return html(self._menu() + PASSWORD.format(said=""))
        if line in {"GET /address", "POST /address"} and name in self.addresses:
            sent = request.method == "POST" or self.saves == "by link"
            answer = self._address(name, fields_of(request) if sent else {})
            return self._renewed(token, answer) if sent and self.saves == "renews" else answer
        shown = "somebody" if self.same else f"{name}@clinic.example"
        return html(f"{self._menu()}<main><h1>Signed in as <b>{shown}</b></h1></main>")

    def _log_out(self, token: str) -> Response:
        if self.logout in {"nothing", "pretends"}:
            return redirect("/home" if self.logout == "nothing" else "/login")
        if self.logout == "ends":
            del self.sessions[token]
        if self.logout == "ends all":
            name = self.sessions[token]
            self.sessions = {held: whose for held, whose in self.sessions.items() if whose != name}
        return redirect("/login", "sid=; Max-Age=0")

    def _address(self, name: str, fields: dict[str, str]) -> Response:
        if fields and self.saves == "leads away":
            return redirect("/login")
        said = "" if not fields else "That is no address." if self.saves == "refuses" else "Saved."
        if said == "Saved.":
            self.addresses[name] = fields["address"][: 5 if self.saves == "cuts" else None]
        return html(self._menu() + ADDRESS.format(said=said, name=name, text=self.addresses[name]))

    def _renewed(self, token: str, answer: Response) -> Response:
        fresh = self._mint()
        self.sessions[fresh] = self.sessions.pop(token)
        return replace(answer, headers=(*answer.headers, ("set-cookie", f"sid={fresh}; Path=/; HttpOnly")))

    def _menu(self) -> str:
        menu = MENU if self.logout != "none" else MENU.partition("<form")[0] + "</header>"
        if self.logout == "link":
            menu = MENU.partition("<form")[0] + '<a href="/logout">Log out</a></header>'
        menu = menu if self.change != "none" else menu.replace(LINK, "")
        return menu.replace("/profile", "/address") if self.addresses else menu

    def _mint(self) -> str:
        return f"{next(self._ids):04}c0ffee5e551017"

    def _log_in(self, fields: dict[str, str]) -> Response:
        name = fields["username"]
        self.given.append(fields["password"])
        if self.crowded:
            self.crowded -= 1
            headers = (("Content-Type", "text/html"), ("Retry-After", self.retry_after))
            return Response(status=429, headers=headers, body=LOGIN.format(said="Too many logins.").encode())
        if self.tries is not None and self.wrong[name] >= self.tries:
            return html(LOGIN.format(said="Too many tries, wait a while."), status=429)
        locked = self.locks is not None and self.wrong[name] >= self.locks
        known = {self.passwords.get(name), *self._unlearned(name)}
        if locked or (not self.lax and fields["password"] not in known):
            self.wrong[name] += 1
            said = self.words[min(self.wrong[name], len(self.words)) - 1]
            return html(LOGIN.format(said=said), status=401)
        if self.most_logins is not None and self.alive(name) >= self.most_logins:
            return html(LOGIN.format(said="You are logged in elsewhere; wrong time."), status=403)
        self.wrong[name] = 0
        token = self._mint()
        self.sessions[token] = name
        mine = [known for known, whose in self.sessions.items() if whose == name]
        for old in mine[: -self.cap] if self.cap else ():
            del self.sessions[old]
        return redirect("/home", f"sid={token}; HttpOnly")

    def _unlearned(self, name: str) -> set[str]:
        return set(self.former.get(name, [])) if self.change == "unlearned" else set()

    def _change(self, name: str, token: str, fields: dict[str, str]) -> Response:
        known = self.former.setdefault(name, [])
        wrong = self.checks_current and fields.get("current") != self.passwords[name]
        if wrong or self.change == "refuses" or (self.history and fields["new"] in known[-self.history :]):
            return html(self._menu() + PASSWORD.format(said="The password was not changed."), status=400)
        known.append(self.passwords[name])
        self.passwords[name] = fields["new"]
        if self.ends_others:
            self.sessions = {
                one: whose for one, whose in self.sessions.items() if one == token or whose != name
            }
        return html(self._menu() + PASSWORD.format(said="Your password was changed."))


def sid_of(request: Request) -> str:
    """The session cookie of a request, empty for none."""
    pairs = (pair.strip().partition("=") for pair in (request.header("cookie") or "").split(";"))
    return next((value for name, _, value in pairs if name == "sid"), "")
