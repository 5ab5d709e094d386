"""What apps say back."""

import pytest

from sessionward.audit.explore.lexicon import WHOLE, Concept
from sessionward.audit.explore.words import answers

MANY = 20


@pytest.mark.parametrize(
    "concept",
    [
        answers.WRONG,
        answers.HOLDS_OFF,
        answers.EXPIRED,
        answers.CODE,
        answers.SKIP,
        answers.YES,
        answers.NO,
        answers.COOKIES,
        answers.REJECT,
        answers.ACCEPT,
    ],
)
def test_answers_are_known_in_twenty_languages(concept: Concept) -> None:
    assert len(concept.languages) >= MANY


@pytest.mark.parametrize(
    "line",
    [
        "Invalid username or password.",
        "Benutzername oder Passwort falsch",
        "Identifiant ou mot de passe incorrect",
        "Nieprawidłowy login lub hasło",
        "Неверный логин или пароль",
        "كلمة المرور غير صحيحة",
        "用户名或密码错误",
        "ユーザー名またはパスワードが正しくありません",
    ],
)
def test_a_refusal_is_known(line: str) -> None:
    assert answers.WRONG.within(line)


@pytest.mark.parametrize("line", ["Welcome back, Ana", "Guten Tag", "Vos rendez-vous", "ようこそ"])
def test_a_welcome_is_no_refusal(line: str) -> None:
    assert not answers.WRONG.within(line)
    assert not answers.HOLDS_OFF.within(line)


def test_a_throttle_is_known() -> None:
    assert answers.HOLDS_OFF.within("Too many failed attempts. Try again later.")
    assert answers.HOLDS_OFF.within("Zu viele Versuche")


def test_a_code_to_log_in_is_told_from_a_postal_code() -> None:
    assert answers.CODE.within("Verification code")
    assert answers.OTHER_CODE.within("Postal code")
    assert not answers.OTHER_CODE.within("Verification code")


def test_a_captcha_a_new_code_and_a_new_password_are_known() -> None:
    assert answers.CAPTCHA.marks("g-recaptcha")
    assert answers.RESEND.strength("Resend") == WHOLE
    assert answers.EXPIRED.within("Your password has expired")
