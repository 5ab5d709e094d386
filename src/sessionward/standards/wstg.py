"""OWASP Web Security Testing Guide: the tests that our checks carry out."""

from sessionward.standards.requirement import Requirement

SOURCE = "OWASP WSTG, latest"
BASE = "https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/"

CONFIGURATION = "02-Configuration_and_Deployment_Management_Testing"
IDENTITY = "03-Identity_Management_Testing"
AUTHENTICATION = "04-Authentication_Testing"
AUTHORIZATION = "05-Authorization_Testing"
SESSIONS = "06-Session_Management_Testing"
ERRORS = "08-Testing_for_Error_Handling"
CRYPTOGRAPHY = "09-Testing_for_Weak_Cryptography"
LOGIC = "10-Business_Logic_Testing"
CLIENT = "11-Client-side_Testing"

TESTS = (
    ("CONF-07", CONFIGURATION, "Test HTTP Strict Transport Security"),
    ("CONF-12", CONFIGURATION, "Test for Content Security Policy"),
    ("CONF-13", CONFIGURATION, "Test for Path Confusion"),
    ("IDNT-04", IDENTITY, "Testing for Account Enumeration and Guessable User Account"),
    ("ATHN-01", AUTHENTICATION, "Testing for Credentials Transported over an Encrypted Channel"),
    ("ATHN-02", AUTHENTICATION, "Testing for Default Credentials"),
    ("ATHN-03", AUTHENTICATION, "Testing for Weak Lock Out Mechanism"),
    ("ATHN-04", AUTHENTICATION, "Testing for Bypassing Authentication Schema"),
    ("ATHN-05", AUTHENTICATION, "Testing for Vulnerable Remember Password"),
    ("ATHN-06", AUTHENTICATION, "Testing for Browser Cache Weaknesses"),
    ("ATHN-07", AUTHENTICATION, "Testing for Weak Authentication Methods"),
    ("ATHN-09", AUTHENTICATION, "Testing for Weak Password Change or Reset Functionalities"),
    ("ATHN-10", AUTHENTICATION, "Testing for Weaker Authentication in Alternative Channel"),
    ("ATHN-11", AUTHENTICATION, "Testing Multi-Factor Authentication"),
    ("ATHZ-02", AUTHORIZATION, "Testing for Bypassing Authorization Schema"),
    ("ATHZ-03", AUTHORIZATION, "Testing for Privilege Escalation"),
    ("ATHZ-04", AUTHORIZATION, "Testing for Insecure Direct Object References"),
    ("ATHZ-05", AUTHORIZATION, "Testing for OAuth Weaknesses"),
    ("SESS-01", SESSIONS, "Testing for Session Management Schema"),
    ("SESS-02", SESSIONS, "Testing for Cookies Attributes"),
    ("SESS-03", SESSIONS, "Testing for Session Fixation"),
    ("SESS-04", SESSIONS, "Testing for Exposed Session Variables"),
    ("SESS-05", SESSIONS, "Testing for Cross Site Request Forgery"),
    ("SESS-06", SESSIONS, "Testing for Logout Functionality"),
    ("SESS-07", SESSIONS, "Testing Session Timeout"),
    ("SESS-08", SESSIONS, "Testing for Session Puzzling"),
    ("SESS-09", SESSIONS, "Testing for Session Hijacking"),
    ("SESS-10", SESSIONS, "Testing JSON Web Tokens"),
    ("SESS-11", SESSIONS, "Testing for Concurrent Sessions"),
    ("ERRH-01", ERRORS, "Testing For Improper Error Handling"),
    ("ERRH-02", ERRORS, "Testing for Stack Traces"),
    ("CRYP-01", CRYPTOGRAPHY, "Testing for Weak Transport Layer Security"),
    ("CRYP-03", CRYPTOGRAPHY, "Testing for Sensitive Information Sent via Unencrypted Channels"),
    ("BUSL-02", LOGIC, "Test Ability to Forge Requests"),
    ("BUSL-04", LOGIC, "Test for Process Timing"),
    ("BUSL-05", LOGIC, "Test Number of Times a Function Can Be Used Limits"),
    ("BUSL-06", LOGIC, "Testing for the Circumvention of Work Flows"),
    ("CLNT-04", CLIENT, "Testing for Client-side URL Redirect"),
    ("CLNT-07", CLIENT, "Testing Cross Origin Resource Sharing"),
    ("CLNT-09", CLIENT, "Testing for Clickjacking"),
    ("CLNT-10", CLIENT, "Testing WebSockets"),
    ("CLNT-11", CLIENT, "Testing Web Messaging"),
    ("CLNT-12", CLIENT, "Testing Browser Storage"),
    ("CLNT-13", CLIENT, "Testing for Cross Site Script Inclusion"),
)
"""The number of each test, the chapter it stands in, and its heading, which its address repeats."""


def page(number: str, heading: str) -> str:
    """The file name of a test: its number within the chapter, then the heading joined by underscores."""
    return f"{number.removeprefix(number[:5])}-{heading.replace(' ', '_')}"


REQUIREMENTS = tuple(
    Requirement(
        id=f"WSTG-{number}",
        title=heading,
        link=f"{BASE}{chapter}/{page(number, heading)}",
        source=SOURCE,
    )
    for number, chapter, heading in TESTS
)
