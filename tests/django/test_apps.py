from sessionward.django.apps import SessionwardConfig
from tests.session.adapters import django_site


def test_django_finds_the_app_that_the_short_name_stands_for() -> None:
    assert django_site.settings.configured
    assert SessionwardConfig.label == "sessionward"
