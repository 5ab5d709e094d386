"""An app whose password can be changed, for the tests of finding and of changing."""

from sessionward.http import Request, Response
from tests.audit.explore.fake_tab import FakeTab, fields_of
from tests.audit.explore.password_pages import FORMS
from tests.audit.explore.sites import LOGIN, Site, html

HOME = "http://app.test/home"
PLAIN = FORMS["English"][0]


def changed(request: Request, site: Site) -> Response:
    fields = fields_of(request)
    if "wrong" in fields.values():
        return html("<p>The current password is incorrect.</p>" + PLAIN)
    return html("<p>Your password was changed.</p>" + PLAIN)


def site_with(home: str, **pages: str) -> tuple[Site, FakeTab]:
    site = Site(
        pages={"/": LOGIN, "/home": home} | {f"/{name}": body for name, body in pages.items()},
        routes={("POST", "/password"): changed},
        private=frozenset({"/home"}),
    )
    site.live.add("s1")
    tab = FakeTab(site)
    tab.jar["sid"] = "s1"
    return site, tab
