"""What the controls are called that let people in and out."""

import pytest

from sessionward.audit.explore.lexicon import SHORT, WHOLE, Concept
from sessionward.audit.explore.words import access

MANY = 20


@pytest.mark.parametrize(
    "concept", [access.LOGIN, access.LOGOUT, access.REGISTER, access.FORGOT, access.NEXT]
)
def test_what_a_login_needs_is_known_in_twenty_languages(concept: Concept) -> None:
    assert len(concept.languages) >= MANY


def test_what_remembers_and_what_opens_a_menu_is_known_in_twenty_languages() -> None:
    assert len(access.REMEMBER.languages) >= MANY
    assert len(access.USER_MENU.languages) >= MANY


@pytest.mark.parametrize(
    "words",
    "Log in|Sign In|Anmelden|Se connecter|Iniciar sesión|Entrar|Accedi|Inloggen|Logga in|Kirjaudu sisään|Zaloguj się"
    "|Přihlásit se|Bejelentkezés|Autentificare|Σύνδεση|Войти|Увійти|GİRİŞ YAP|تسجيل الدخول|התחברות|ورود|लॉग इन"
    "|เข้าสู่ระบบ|Đăng nhập|Masuk|登录|登入|ログイン|로그인".split("|"),
)
def test_a_button_to_log_in_is_known_and_no_way_out(words: str) -> None:
    assert access.LOGIN.strength(words) == WHOLE
    assert access.LOGOUT.strength(words) == 0


@pytest.mark.parametrize(
    "words",
    "Log out|Sign off|Abmelden|Se déconnecter|Déconnexion|Cerrar sesión|Sair|Esci|Uitloggen|Logga ut|Kirjaudu ulos"
    "|Wyloguj się|Odhlásit se|Kijelentkezés|Deconectare|Αποσύνδεση|Выйти|Вихід|ÇIKIŞ YAP|تسجيل الخروج|התנתקות|خروج"
    "|लॉग आउट|ออกจากระบบ|Đăng xuất|Keluar|退出登录|登出|ログアウト|로그아웃".split("|"),
)
def test_a_button_to_log_out_is_known_and_no_way_in(words: str) -> None:
    assert access.LOGOUT.strength(words) == WHOLE
    assert access.LOGIN.strength(words) < WHOLE


@pytest.mark.parametrize("words", ["Sign in with Google", "Continue with GitHub", "Anmelden über SSO"])
def test_the_login_of_another_party_is_known(words: str) -> None:
    assert access.PROVIDER.within(words)


@pytest.mark.parametrize(
    "words", ["Forgot your password?", "Passwort vergessen?", "パスワードをお忘れですか"]
)
def test_a_forgotten_password_is_known(words: str) -> None:
    assert access.FORGOT.strength(words) >= SHORT


@pytest.mark.parametrize("hints", ["fa fa-sign-out", "bi bi-box-arrow-right", "material-icons exit_to_app"])
def test_an_icon_that_logs_out_is_known(hints: str) -> None:
    assert access.LOGOUT_ICON.marks(hints)


def test_ending_all_sessions_is_told_from_ending_this_one() -> None:
    assert access.EVERYWHERE.within("Log out of all devices")
    assert not access.EVERYWHERE.within("Log out")
