"""Forms that change a password, by what they ask for: the names of the fields for the current, the new, again."""

from collections.abc import Mapping

Fields = tuple[str, str, str]


def change(fields: str, button: str = "Save", *, extra: str = "") -> str:
    """A page with a form for the password."""
    return (
        f'<main><form method="post" action="/password">{extra}{fields}<button>{button}</button></form></main>'
    )


def password(name: str, label: str = "", *, more: str = "") -> str:
    """One password field."""
    return f'<label>{label} <input type="password" name="{name}" {more}></label>'


def three(current: str, new: str, again: str) -> str:
    """Three fields with these labels, in this order."""
    return password("a", current) + password("b", new) + password("c", again)


SINGLE_IN_PROFILE = """<main><h1>Edit user</h1><div>First name</div><input name="first" value="Ana">
<div>E-mail</div><input name="mail" value="ana@example.org"><div>Password</div>
<input type="password" name="b" placeholder="Value securely hashed" autocomplete="new-password">
<button class="icon check" data-post="/password" disabled data-enabled-by-filling></button></main>"""

FORMS: Mapping[str, tuple[str, Fields]] = {
    "English": (change(three("Current password", "New password", "Repeat new password")), ("a", "b", "c")),
    "German": (change(three("Altes Passwort", "Neues Passwort", "Passwort wiederholen")), ("a", "b", "c")),
    "Japanese": (
        change(three("現在のパスワード", "新しいパスワード", "新しいパスワード（確認）")),
        ("a", "b", "c"),
    ),
    "Russian": (change(three("Текущий пароль", "Новый пароль", "Подтвердите пароль")), ("a", "b", "c")),
    "Arabic": (
        change(three("كلمة المرور الحالية", "كلمة المرور الجديدة", "تأكيد كلمة المرور")),
        ("a", "b", "c"),
    ),
    "an unknown language": (change(three("Kunan", "Musuq rimay", "Hukmanta")), ("a", "b", "c")),
    "names alone": (
        change(password("old_password") + password("new_password1") + password("new_password2")),
        ("old_password", "new_password1", "new_password2"),
    ),
    "the current one last": (
        change(
            password("newpass", "New password")
            + password("passchk", "once again")
            + password("oldpass", "Confirm current password"),
            extra='<label>Real name <input name="fullname" value="Ana"></label>',
        ),
        ("oldpass", "newpass", "passchk"),
    ),
    "new and again": (change(password("p1", "New password") + password("p2", "Confirm")), ("", "p1", "p2")),
    "current and new": (
        change(password("x", "Your old password") + password("y", "The new password")),
        ("x", "y", ""),
    ),
    "by autocomplete": (
        change(
            password("x", more='autocomplete="new-password"')
            + password("y", more='autocomplete="new-password"')
            + password("z", more='autocomplete="current-password"')
        ),
        ("z", "x", "y"),
    ),
    "one field among the user's data": (SINGLE_IN_PROFILE, ("", "b", "")),
}

NO_FORMS: Mapping[str, str] = {
    "a login": """<form method="post" action="/session"><input name="u"><input type="password" name="p">
      <button>Log in</button></form>""",
    "deleting the account": """<form method="post" action="/delete-account"><p>Enter your password to confirm</p>
      <input type="password" name="p"><button>Delete my account</button></form>""",
    "a profile": '<form method="post"><input name="name" value="Ana"><button>Save</button></form>',
}
