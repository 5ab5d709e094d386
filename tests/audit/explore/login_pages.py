"""Login pages of many kinds. Each has one account (``ANA``) and works in a tab without a browser and in a real one."""

from collections.abc import Callable, Mapping

from tests.audit.explore.sites import LOGIN, Site, login_site

DECOYS = """<header><form action="/search" role="search"><input type="search" name="q" placeholder="Search">
<button aria-label="Search"></button></form></header>"""
NEWSLETTER = """<footer><form method="post" action="/newsletter"><input type="email" name="mail" placeholder="E-mail">
<button>Subscribe</button></form></footer>"""
REGISTRATION = """<form method="post" action="/register"><input name="email" placeholder="E-mail">
<input name="first" placeholder="First name"><input name="new" type="password" placeholder="Choose a password">
<button>Create account</button></form>"""


def form(name: str, password: str, button: str, *, language: str = "en") -> str:
    """A plain form in some language."""
    return f"""<main lang="{language}"><form method="post" action="/session"><label>{name} <input name="a"></label>
      <label>{password} <input name="b" type="password"></label><button>{button}</button></form></main>"""


TWO_PAGES = """<main><form method="post" action="/name"><label>E-mail <input type="email" name="email"></label>
<button>Next</button></form></main>"""
SECOND_PAGE = """<main><form method="post" action="/session"><input type="hidden" name="email" value="ana@example.org">
<p>ana@example.org</p><label>Password <input type="password" name="password"></label><button>Sign in</button></form>
</main>"""
TWO_STEPS = """<main><h1>Sign in</h1><div id="one"><input name="email" type="email" placeholder="E-mail">
<button data-opens="two" data-closes="next" id="next">Continue</button></div>
<div id="two" hidden><input name="password" type="password" placeholder="Password">
<button data-post="/api/login">Continue</button></div><p id="message"></p></main>"""
SINGLE_PAGE_APP = """<div><div><input type="text" name="name" placeholder="E-mail"></div>
<div><input type="password" name="password" placeholder="Password"></div>
<div role="button" tabindex="0" data-post="/api/login">Sign In</div><p id="message"></p></div>"""
SEVERAL_WAYS = """<main><form method="post" action="/name"><button type="button">Continue with Google</button>
<label>E-mail <input name="email" autocomplete="username webauthn"></label><button>Continue</button></form></main>"""
CHOICE = """<main><p>How do you want to sign in?</p><a href="/byword">Use your password</a>
<a href="/bylink">Send me a link</a></main>"""


def _two_pages() -> Site:
    return login_site(TWO_PAGES, password=SECOND_PAGE)


def _several_ways() -> Site:
    return login_site(SEVERAL_WAYS, password=CHOICE, byword=SECOND_PAGE)


def _plain(body: str) -> Callable[[], Site]:
    return lambda: login_site(body)


LOGIN_PAGES: Mapping[str, Callable[[], Site]] = {
    "plain form": _plain(LOGIN),
    "form behind a link": lambda: login_site('<nav><a href="/in">Log in</a></nav>', **{"in": LOGIN}),
    "form behind an icon": lambda: login_site(
        '<header><a href="/members" class="icon icon-login"></a></header>', members=LOGIN
    ),
    "dialog": _plain(f'<button data-opens="d">Sign in</button><dialog id="d">{LOGIN}</dialog>'),
    "two pages": _two_pages,
    "two steps of a single page": _plain(TWO_STEPS),
    "single page app": _plain(SINGLE_PAGE_APP),
    "several ways": _several_ways,
    "German": _plain(form("Benutzername", "Kennwort", "Anmelden", language="de")),
    "French": _plain(form("Identifiant", "Mot de passe", "Se connecter", language="fr")),
    "Japanese": _plain(form("ユーザー名", "パスワード", "ログイン", language="ja")),
    "Arabic": _plain(form("اسم المستخدم", "كلمة المرور", "تسجيل الدخول", language="ar")),
    "Chinese": _plain(form("用户名", "密码", "登录", language="zh")),
    "Russian": _plain(form("Имя пользователя", "Пароль", "Войти", language="ru")),
    "an unknown language": _plain(form("Suti", "Yaykuna rimay", "Yaykuy", language="qu")),
    "placeholders only": _plain(
        '<form method="post" action="/session"><input name="a" placeholder="Username">'
        '<input name="b" type="password" placeholder="Password"><input type="submit" value="Go"></form>'
    ),
    "beside a registration": _plain(DECOYS + REGISTRATION + LOGIN + NEWSLETTER),
    "a button that filling enables": _plain(
        LOGIN.replace("<button>", "<button disabled data-enabled-by-filling>")
    ),
    "a cookie banner over it": _plain(
        '<div role="dialog" id="c" class="cookie-banner"><p>We use cookies</p>'
        f'<button data-closes="c">Accept all</button><button data-closes="c">Reject all</button></div>{LOGIN}'
    ),
    "a password that can be shown": _plain(
        LOGIN.replace("<button>", '<button type="button">Show password</button><button>')
    ),
    "a forgotten password beside it": _plain(
        LOGIN.replace("</form>", '<a href="/forgot">Forgot your password?</a></form>')
    ),
}
