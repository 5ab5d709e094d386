"""A real Chromium behind the driver protocol, and plain HTTP requests beside it. The only importer of Playwright."""

from sessionward.audit.browser.chromium import browser
from sessionward.audit.browser.find import find_browser
from sessionward.audit.browser.scope import Scope

__all__ = ["Scope", "browser", "find_browser"]
