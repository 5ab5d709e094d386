"""NIST SP 800-63B-4, Digital Identity Guidelines: Authentication and Authenticator Management."""

from sessionward.standards.requirement import Requirement

SOURCE = "NIST SP 800-63B-4"
BASE = "https://pages.nist.gov/800-63-4/sp800-63b/"

SECTIONS = (
    ("2.1.3", "aal/#aal1reauth", "Reauthentication at assurance level 1"),
    ("2.2.3", "aal/#aal2reauth", "Reauthentication at assurance level 2"),
    ("2.3.3", "aal/#aal3reauth", "Reauthentication at assurance level 3"),
    ("3.2.2", "authenticators/", "Rate limiting (throttling)"),
    ("5.1", "session/", "Session bindings"),
    ("5.1.1", "session/#sesscookies", "Browser cookies"),
    ("5.1.2", "session/", "Access tokens"),
    ("5.2", "session/#sessionreauthn", "Reauthentication"),
    ("5.3", "session/#monitoring", "Session monitoring"),
)

REQUIREMENTS = tuple(
    Requirement(id=f"NIST-63B-{number}", title=title, link=BASE + page, source=SOURCE)
    for number, page, title in SECTIONS
)
