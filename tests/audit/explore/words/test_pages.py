"""What pages, menus and buttons inside an app are called."""

import pytest

from sessionward.audit.explore.lexicon import SHORT, Concept
from sessionward.audit.explore.words import pages

MANY = 20


@pytest.mark.parametrize(
    "concept",
    [pages.CHANGE_PASSWORD, pages.ACCOUNT, pages.SECURITY, pages.SAVE, pages.DESTRUCTIVE, pages.ACTING],
)
def test_pages_and_actions_are_known_in_twenty_languages(concept: Concept) -> None:
    assert len(concept.languages) >= MANY


@pytest.mark.parametrize(
    "words",
    [
        "Delete my account",
        "Konto löschen",
        "Supprimer",
        "Eliminar",
        "Usuń",
        "Удалить",
        "حذف",
        "删除",
        "アカウントを削除",
        "탈퇴",
    ],
)
def test_what_destroys_is_known(words: str) -> None:
    assert pages.DESTRUCTIVE.strength(words) >= SHORT


@pytest.mark.parametrize(
    "words", ["Change password", "Passwort ändern", "Cambiar la contraseña", "修改密码", "パスワード変更"]
)
def test_changing_the_password_is_known(words: str) -> None:
    assert pages.CHANGE_PASSWORD.strength(words) >= SHORT


@pytest.mark.parametrize("words", ["Details", "View all", "Mehr", "Voir", "詳細"])
def test_what_only_opens_is_known_and_does_not_act(words: str) -> None:
    assert pages.OPENING.strength(words) >= SHORT
    assert not pages.ACTING.strength(words)
    assert not pages.DESTRUCTIVE.strength(words)


def test_a_download_and_an_icon_to_save_are_known() -> None:
    assert pages.DOWNLOAD.marks("/records/export?format=csv")
    assert pages.SAVE_ICON.marks("v-icon icon check")
