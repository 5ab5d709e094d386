from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from sessionward.session.adapters.django.configuration import configured, cookie
from sessionward.session.policy import Policy
from sessionward.session.result import StoreError
from sessionward.session.state import Subject
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.sqlite import SQLiteStore
from tests.session.adapters.django_people import user


def test_a_store_is_opened_by_its_address_once_and_closed_when_the_settings_change(tmp_path: Path) -> None:
    with override_settings(SESSIONWARD={"store": f"sqlite:///{tmp_path}/sessions.db"}):
        found = configured()
        assert configured() is found
        assert isinstance(found.store, SQLiteStore)
        assert isinstance(found.async_store, Direct)
        assert found.keeper.policies.base == Policy.of("patient-portal")
    with pytest.raises(StoreError):
        found.store.get(b"")


@pytest.mark.parametrize(
    "named", [MemoryStore, "sessionward.session.stores.memory.MemoryStore", MemoryStore()]
)
def test_a_store_may_be_handed_in_or_named(named: object) -> None:
    with override_settings(SESSIONWARD={"store": named}):
        assert isinstance(configured().store, MemoryStore)


@pytest.mark.parametrize("named", [3, "nonsense://x", "no.such.store", "json.loads.nothing", dict])
def test_what_is_no_store_is_refused_with_what_to_write(named: object) -> None:
    with (
        override_settings(SESSIONWARD={"store": named}),
        pytest.raises(ImproperlyConfigured, match="SESSIONWARD"),
    ):
        configured()


@pytest.mark.parametrize(
    "changed,name",
    [
        ({}, "__Host-session"),
        ({"SESSION_COOKIE_NAME": "__Host-clinic"}, "__Host-clinic"),
        ({"SESSION_COOKIE_DOMAIN": ".clinic.example"}, "__Secure-session"),
    ],
)
def test_the_cookie_is_what_djangos_settings_say_as_far_as_browsers_then_protect_it(
    changed: dict[str, Any], name: str
) -> None:
    with override_settings(**changed):
        assert cookie().name == name


def test_an_embedded_app_has_a_partitioned_cookie() -> None:
    with override_settings(SESSION_COOKIE_SAMESITE="None"):
        assert cookie().partitioned


def test_a_user_without_a_tenant_has_no_subject() -> None:
    ana = user("ana@north")
    assert configured().subject(ana) == Subject(tenant="north", id=str(ana.pk))
    with (
        override_settings(SESSIONWARD={"store": MemoryStore, "tenant": lambda _: ""}),
        pytest.raises(ImproperlyConfigured, match="no tenant"),
    ):
        configured().subject(ana)


def test_a_user_who_was_never_saved_has_no_subject() -> None:
    with pytest.raises(ImproperlyConfigured, match="saved"):
        configured().subject(User(username="ana"))
