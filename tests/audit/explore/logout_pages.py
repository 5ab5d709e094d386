"""Pages of somebody logged in, each with its own way out, and pages that have none."""

from collections.abc import Mapping

POST_FORM = '<header><form method="post" action="/logout"><button>Sign out</button></form></header>'
MENU = """<header><button aria-expanded="false" aria-haspopup="true" data-opens="m" class="avatar">Ana</button>
<ul id="m" hidden><li><a href="/profile">Profile</a></li><li><a href="/logout">Log out</a></li></ul></header>"""
MENU_IN_MENU = """<header><button aria-expanded="false" data-opens="m" class="user-menu">Ana</button>
<ul id="m" hidden><li><button aria-expanded="false" data-opens="n">More</button>
<ul id="n" hidden><li><a href="/logout">Log out</a></li></ul></li></ul></header>"""
HOVERED = """<nav><a href="/profile" class="icon account-circle" data-hover="m"></a>
<form method="post" action="/logout" id="m" hidden><button class="sign-out"></button></form></nav>"""

LOGOUT_PAGES: Mapping[str, str] = {
    "link": '<header><a href="/logout">Log out</a></header>',
    "link by its address alone": '<nav><a href="/logout" class="x"></a></nav>',
    "icon button": '<form method="post" action="/logout"><button class="fa fa-sign-out"></button></form>',
    "form": POST_FORM,
    "submit input in German": '<form method="post" action="/logout"><input type="submit" value="Abmelden"></form>',
    "Japanese": '<header><a href="/logout">ログアウト</a></header>',
    "Arabic": '<header><a href="/logout">تسجيل الخروج</a></header>',
    "Turkish": '<header><a href="/logout">Çıkış Yap</a></header>',
    "menu": MENU,
    "menu in a menu": MENU_IN_MENU,
    "details": '<nav><details><summary>Ana</summary><a href="/logout">Log out</a></details></nav>',
    "hovered avatar": HOVERED,
    "hidden in a menu that nothing opens": '<ul hidden><li><a href="/logout">Log out</a></li></ul>',
    "dialog that asks": """<button data-opens="d">Log out</button><dialog id="d"><p>Are you sure?</p>
      <form method="post" action="/logout"><button type="button" data-closes="d">Cancel</button>
      <button>Log out</button></form></dialog>""",
    "page that asks": '<a href="/ask">Log out</a>',
    "beside one for all devices": """<a href="/logout?all=1">Log out of all devices</a><a href="/logout">Log out</a>""",
}

NO_LOGOUT: Mapping[str, str] = {
    "nothing": "<h1>Welcome</h1><a href='/records'>Records</a>",
    "a help article": '<main><a href="/help/7">How do I log out of my account on a shared device?</a></main>',
    "a login": '<header><a href="/login">Log in</a></header>',
    "closing the account": '<a href="/close">Delete account and sign out</a>',
}

ASKING = """<main><h1>Log out</h1><p>Do you really want to log out?</p><form method="post" action="/logout">
<a href="/home">Back</a><button>Yes</button></form></main>"""
