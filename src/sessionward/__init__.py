"""Sessionward finds session flaws in health-care web apps, proves them, and keeps them fixed."""

from sessionward.version import VERSION

__all__ = ["VERSION"]
