"""Each test has a project of its own: no users, an empty store, and a clock that stands still."""

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, connections

from tests.session.adapters.django_site import PLACE, start_anew


@pytest.fixture(scope="package")
def tables() -> Iterator[None]:
    connection.ensure_connection()
    call_command("migrate", verbosity=0)
    yield
    connections.close_all()


@pytest.fixture(autouse=True)
def site(tables: None) -> Iterator[None]:
    PLACE.anew()
    start_anew()
    yield
    get_user_model()._base_manager.all().delete()  # noqa: SLF001 - documented by Django
