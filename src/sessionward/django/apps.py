"""Where Django looks for the app that `sessionward.django` in INSTALLED_APPS stands for."""

from sessionward.session.adapters.django.app_config import SessionwardConfig

__all__ = ["SessionwardConfig"]
