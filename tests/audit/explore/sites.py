"""Small apps for tests: a function from request to response, drawn by ``FakeTab`` or served to a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sessionward.audit.explore.flows import Credentials
from sessionward.http import Request, Response
from tests.audit.explore.fake_tab import fields_of

START = "http://app.test/"
ANA = Credentials(username="ana@example.org", password="right-horse-7")

SCRIPT = """
<script>
const show = (id, on) => { const e = document.getElementById(id); if (!e) return;
  if (e.tagName === 'DIALOG') { on ? e.showModal() : e.close(); } else { e.hidden = !on; } };
document.addEventListener('click', async (event) => {
  const b = event.target.closest('[data-opens],[data-closes],[data-post]'); if (!b) return;
  if (b.dataset.opens) show(b.dataset.opens, true);
  if (b.dataset.closes) show(b.dataset.closes, false);
  if (b.hasAttribute('aria-expanded')) b.setAttribute('aria-expanded', 'true');
  if (b.dataset.post) {
    const fields = {};
    for (const f of document.querySelectorAll('[name]')) if (f.offsetParent) fields[f.name] = f.value;
    const answer = await (await fetch(b.dataset.post, {method: 'POST', body: JSON.stringify(fields),
      headers: {'content-type': 'application/json'}})).json();
    if (answer.go) location.href = answer.go;
    for (const id of answer.show || []) show(id, true);
    for (const id of answer.hide || []) show(id, false);
    const m = document.getElementById('message'); if (m) m.textContent = answer.message || '';
  }
});
document.addEventListener('mouseover', (event) => {
  const b = event.target.closest('[data-hover]'); if (b) show(b.dataset.hover, true); });
document.addEventListener('input', () => {
  for (const e of document.querySelectorAll('[data-enabled-by-filling]')) e.disabled = false; });
</script>
"""

HOME = """<header><a href="/home">Home</a> <a href="/logout">Log out</a></header>
<main><h1>Welcome Ana</h1><a href="/records">Records</a> <a href="/profile">My profile</a></main>"""

LOGIN = """<main><form method="post" action="/session">
<label for="u">User name</label><input id="u" name="u">
<label for="p">Password</label><input id="p" name="p" type="password">
<button>Log in</button></form></main>"""


def page(body: str, *, title: str = "A clinic", language: str = "en") -> str:
    """A whole page around a body."""
    head = f'<!doctype html><html lang="{language}"><head><title>{title}</title></head>'
    return f"{head}<body>{body}{SCRIPT}</body></html>"


def html(body: str, *, status: int = 200, title: str = "A clinic", cookies: tuple[str, ...] = ()) -> Response:
    """A response with a page."""
    headers = (("content-type", "text/html; charset=utf-8"), *(("set-cookie", line) for line in cookies))
    return Response(status=status, headers=headers, body=page(body, title=title).encode())


def redirect(target: str, *cookies: str) -> Response:
    """A redirect, perhaps with cookies."""
    return Response(status=303, headers=(("location", target), *(("set-cookie", line) for line in cookies)))


def as_json(**answer: object) -> Response:
    """A response with JSON."""
    return Response(
        status=200, headers=(("content-type", "application/json"),), body=json.dumps(answer).encode()
    )


@dataclass(slots=True)
class Site:
    """An app with one account.

    ``pages`` are bodies by path; those in ``private`` need a session, which a login page sends to ``login`` without.
    ``routes`` come first: functions by method and path. ``seen`` is what was sent to it by POST, fields by path.
    """

    pages: Mapping[str, str]
    routes: Mapping[tuple[str, str], Callable[[Request, Site], Response]] = field(default_factory=dict)
    private: frozenset[str] = frozenset({"/home", "/records", "/profile"})
    login: str = "/"
    refusal: str = "Invalid user name or password"
    code: str = ""
    account: Credentials = ANA
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)
    live: set[str] = field(default_factory=set)

    def __call__(self, request: Request) -> Response:
        """Answer a request."""
        path = urlsplit(request.url).path
        self.visits.append(f"{request.method} {path}")
        if request.method == "POST":
            self.seen.append((path, fields_of(request)))
        route = self.routes.get((request.method, path)) or BUILT_IN.get((request.method, path))
        if route is not None:
            return route(request, self)
        if path in self.private and not self.known(request):
            return redirect(self.login)
        if path in self.pages:
            return html(self.pages[path])
        return html("<h1>Nothing here</h1>", status=404)

    def known(self, request: Request) -> bool:
        """Whether the request carries a live session."""
        cookies = dict(pair.partition("=")[::2] for pair in (request.header("cookie") or "").split("; "))
        return cookies.get("sid", "") in self.live

    def opens(self, request: Request) -> bool:
        """Whether name and password are among the fields of the request."""
        return {self.account.username, self.account.password} <= set(fields_of(request).values())

    def begin(self, target: str = "/home") -> Response:
        """A new session."""
        token = f"session-{len(self.live) + 1}"
        self.live.add(token)
        return redirect(target, f"sid={token}; Path=/")


def _session(request: Request, site: Site) -> Response:
    if not site.opens(request):
        body = site.pages.get(site.login) or LOGIN
        return html(f'<p class="error">{site.refusal}</p>{body}')
    if site.code:
        return html(site.pages["/code"])
    return site.begin()


def _code(request: Request, site: Site) -> Response:
    given = "".join(value for _, value in sorted(fields_of(request).items()))
    if given == site.code:
        return site.begin()
    return html(f"<p>Invalid code</p>{site.pages['/code']}")


def _name(request: Request, site: Site) -> Response:
    if site.account.username in fields_of(request).values():
        return html(site.pages["/password"])
    return html(f"<p>We couldn't find an account with that name</p>{site.pages[site.login]}")


def _api_login(request: Request, site: Site) -> Response:
    if not site.opens(request):
        return as_json(message=site.refusal)
    token = f"session-{len(site.live) + 1}"
    site.live.add(token)
    answer = as_json(go="/home")
    return Response(
        status=200, headers=(*answer.headers, ("set-cookie", f"sid={token}; Path=/")), body=answer.body
    )


def _logout(request: Request, site: Site) -> Response:
    site.live.clear()
    return redirect(site.login)


BUILT_IN: Mapping[tuple[str, str], Callable[[Request, Site], Response]] = {
    ("POST", "/session"): _session,
    ("POST", "/code"): _code,
    ("POST", "/name"): _name,
    ("POST", "/api/login"): _api_login,
    ("GET", "/logout"): _logout,
    ("POST", "/logout"): _logout,
}


def login_site(body: str, **more: str) -> Site:
    """A site whose start page has ``body`` and, behind the login, the usual pages; ``more`` are pages by name."""
    extra = {f"/{name}": text for name, text in more.items()}
    home = {"/home": HOME, "/records": HOME, "/profile": HOME}
    return Site(pages={"/": body} | home | extra)
