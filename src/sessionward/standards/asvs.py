"""OWASP Application Security Verification Standard 5.0.0.

Rule: an ASVS requirement has no heading, so each title is our short wording; the link leads to the section
with the binding text.
"""

from dataclasses import dataclass

from sessionward.standards.requirement import Requirement

SOURCE = "OWASP ASVS 5.0.0"
BASE = "https://github.com/OWASP/ASVS/blob/v5.0.0_release/5.0/en/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the standard: its page, and the title of each requirement by its last number."""

    number: str
    page: str
    titles: dict[int, str]

    def requirements(self) -> tuple[Requirement, ...]:
        """The section's entries, each with its full number."""
        return tuple(
            Requirement(id=f"ASVS-{self.number}.{last}", title=title, link=BASE + self.page, source=SOURCE)
            for last, title in self.titles.items()
        )


LOGIC = "0x11-V2-Validation-and-Business-Logic.md"
FRONTEND = "0x12-V3-Web-Frontend-Security.md"
API = "0x13-V4-API-and-Web-Service.md"
AUTHENTICATION = "0x15-V6-Authentication.md"
SESSIONS = "0x16-V7-Session-Management.md"
AUTHORIZATION = "0x17-V8-Authorization.md"
TOKENS = "0x18-V9-Self-contained-Tokens.md"
OAUTH = "0x19-V10-OAuth-and-OIDC.md"
TRANSPORT = "0x21-V12-Secure-Communication.md"
DATA = "0x23-V14-Data-Protection.md"
ERRORS = "0x25-V16-Security-Logging-and-Error-Handling.md"

SECTIONS = (
    Section(
        number="2.3",
        page=f"{LOGIC}#v23-business-logic-security",
        titles={
            1: "A flow's steps are processed in order for one user, none skipped",
            2: "Limits of the business logic are enforced",
            3: "A transaction succeeds whole or is rolled back",
            4: "Locks keep a limited resource from being booked twice",
        },
    ),
    Section(
        number="3.3",
        page=f"{FRONTEND}#v33-cookie-setup",
        titles={
            1: "Cookies carry Secure, and the __Secure- or __Host- prefix",
            2: "Each cookie's SameSite fits its purpose",
            3: "Cookies carry the __Host- prefix unless shared with other hosts on purpose",
            4: "Cookies that scripts need not read carry HttpOnly and travel only by Set-Cookie",
            5: "A cookie's name and value together stay within 4096 bytes",
        },
    ),
    Section(
        number="3.4",
        page=f"{FRONTEND}#v34-browser-security-mechanism-headers",
        titles={
            1: "Strict-Transport-Security on all responses, for a year or longer",
            2: "Access-Control-Allow-Origin is fixed or checked against an allowlist",
            3: "A Content-Security-Policy limits which scripts and resources load",
            5: "A referrer policy keeps sensitive addresses from third parties",
            6: "frame-ancestors says who may embed each response",
        },
    ),
    Section(
        number="3.5",
        page=f"{FRONTEND}#v35-browser-origin-separation",
        titles={
            1: "Requests to sensitive functions are shown to come from the application itself",
            2: "A function guarded by the CORS preflight cannot be called without one",
            3: "Sensitive functions are not reached by safe methods such as GET",
            4: "Separate applications live on separate host names",
            5: "Messages from untrusted origins are discarded",
            6: "JSONP is not offered",
            7: "Script responses hold no data that needs authorisation",
            8: "Authenticated resources load into other origins only when intended",
        },
    ),
    Section(
        number="3.7",
        page=f"{FRONTEND}#v37-other-browser-security-considerations",
        titles={2: "Automatic redirects to other hosts go only to an allowlist"},
    ),
    Section(
        number="4.4",
        page=f"{API}#v44-websocket",
        titles={
            1: "WebSocket connections use TLS",
            2: "The WebSocket handshake checks the Origin header",
            3: "Dedicated WebSocket tokens meet the session requirements",
            4: "Dedicated WebSocket tokens come from the authenticated https session",
        },
    ),
    Section(
        number="6.3",
        page=f"{AUTHENTICATION}#v63-general-authentication-security",
        titles={
            1: "Credential stuffing and password guessing are hindered",
            3: "More than one factor is needed to get in",
            4: "All ways of authenticating are documented and equally strong",
            5: "Users are told of suspicious attempts to authenticate",
            7: "Users are told when their authentication details change",
            8: "Failed attempts do not tell which users exist",
        },
    ),
    Section(
        number="6.4",
        page=f"{AUTHENTICATION}#v64-authentication-factor-lifecycle-and-recovery",
        titles={
            1: "Initial passwords and activation codes are random and short-lived",
            3: "Resetting a forgotten password is secure and does not bypass other factors",
        },
    ),
    Section(
        number="6.5",
        page=f"{AUTHENTICATION}#v65-general-multi-factor-authentication-requirements",
        titles={1: "A one-time code works only once"},
    ),
    Section(
        number="7.1",
        page=f"{SESSIONS}#v71-session-management-documentation",
        titles={
            1: "Inactivity timeout and absolute lifetime are documented and justified",
            2: "The number of concurrent sessions, and what happens beyond it, is documented",
            3: "Federated session lifetimes and terminations are documented",
        },
    ),
    Section(
        number="7.2",
        page=f"{SESSIONS}#v72-fundamental-session-management-security",
        titles={
            1: "Session tokens are verified by a trusted backend",
            2: "Session tokens are generated dynamically, not static keys",
            3: "Reference tokens are unique, random and hold at least 128 bits of entropy",
            4: "Authentication issues a new session token and terminates the current one",
        },
    ),
    Section(
        number="7.3",
        page=f"{SESSIONS}#v73-session-timeout",
        titles={
            1: "An inactivity timeout forces re-authentication",
            2: "An absolute session lifetime forces re-authentication",
        },
    ),
    Section(
        number="7.4",
        page=f"{SESSIONS}#v74-session-termination",
        titles={
            1: "A terminated session cannot be used any further",
            2: "Disabling or deleting an account terminates all its sessions",
            3: "After a change of a factor, all other sessions can be terminated",
            4: "Logout is easy to see on every page that needs authentication",
            5: "Administrators can terminate sessions",
        },
    ),
    Section(
        number="7.5",
        page=f"{SESSIONS}#v75-defenses-against-session-abuse",
        titles={
            1: "Full re-authentication before account details that affect authentication change",
            2: "Users can see and terminate their active sessions",
            3: "Highly sensitive operations need further authentication",
        },
    ),
    Section(
        number="7.6",
        page=f"{SESSIONS}#v76-federated-re-authentication",
        titles={
            1: "Sessions of relying party and identity provider end together as documented",
            2: "A session begins only with the user's consent or action",
        },
    ),
    Section(
        number="8.2",
        page=f"{AUTHORIZATION}#v82-general-authorization-design",
        titles={
            1: "Functions are open only to those with explicit permission",
            2: "Each data item is open only to those with explicit permission",
            3: "Each field is open only to those with explicit permission",
            4: "Authorisation adapts to context such as device and place, during a session too",
        },
    ),
    Section(
        number="8.3",
        page=f"{AUTHORIZATION}#v83-operation-level-authorization",
        titles={
            1: "Authorisation is enforced by a trusted service, not by the client",
            2: "Changed permissions apply immediately",
        },
    ),
    Section(
        number="8.4",
        page=f"{AUTHORIZATION}#v84-other-authorization-considerations",
        titles={1: "Tenants are kept apart"},
    ),
    Section(
        number="9.1",
        page=f"{TOKENS}#v91-token-source-and-integrity",
        titles={
            1: "A self-contained token's signature is verified before its content counts",
            2: "Only allowlisted algorithms, never None, create and verify tokens",
            3: "Verification keys come only from trusted, configured sources",
        },
    ),
    Section(
        number="9.2",
        page=f"{TOKENS}#v92-token-content",
        titles={
            1: "A token counts only within its validity time span",
            2: "A token counts only as the type and for the purpose that it was made for",
            3: "A service accepts only tokens made for it",
            4: "Tokens for several audiences name the audience",
        },
    ),
    Section(
        number="10.4",
        page=f"{OAUTH}#v104-oauth-authorization-server",
        titles={
            5: "Replay of a refresh token is mitigated",
            8: "Refresh tokens expire absolutely",
            9: "Users can revoke refresh and reference access tokens",
        },
    ),
    Section(
        number="10.6",
        page=f"{OAUTH}#v106-openid-provider",
        titles={2: "Forced logout is mitigated"},
    ),
    Section(
        number="12.1",
        page=f"{TRANSPORT}#v121-general-tls-security-guidance",
        titles={
            1: "Only recommended TLS versions are enabled",
            2: "Only recommended cipher suites are enabled",
            4: "Certificate revocation such as OCSP stapling is enabled",
        },
    ),
    Section(
        number="12.2",
        page=f"{TRANSPORT}#v122-https-communication-with-external-facing-services",
        titles={
            1: "TLS for all http services, without falling back",
            2: "External services use publicly trusted certificates",
        },
    ),
    Section(
        number="14.2",
        page=f"{DATA}#v142-general-data-protection",
        titles={
            1: "No sensitive data, such as a session token, in an address",
            2: "Sensitive data is not cached by server components",
            3: "Sensitive data is not sent to untrusted parties",
            5: "Caches keep only responses of the expected type, without sensitive content",
        },
    ),
    Section(
        number="14.3",
        page=f"{DATA}#v143-client-side-data-protection",
        titles={
            1: "Authenticated data is cleared from the client when the session ends",
            2: "Sensitive responses forbid caching in the browser",
            3: "Browser storage holds no sensitive data but session tokens",
        },
    ),
    Section(
        number="16.5",
        page=f"{ERRORS}#v165-error-handling",
        titles={
            1: "Error messages are generic and expose nothing internal",
            3: "Errors fail gracefully and securely, never open",
        },
    ),
)

REQUIREMENTS = tuple(requirement for section in SECTIONS for requirement in section.requirements())
