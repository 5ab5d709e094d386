"""Common Weakness Enumeration: the weaknesses that our checks show.

Rule: weaknesses only. The categories of CWE (16 "Configuration", 1018 "Manage User Sessions") group them
and are not meant to be cited for a finding, so they do not stand here.
"""

from sessionward.standards.requirement import Requirement

SOURCE = "MITRE CWE"

NAMES = {
    20: "Improper Input Validation",
    79: "Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')",
    200: "Exposure of Sensitive Information to an Unauthorized Actor",
    201: "Insertion of Sensitive Information Into Sent Data",
    204: "Observable Response Discrepancy",
    208: "Observable Timing Discrepancy",
    209: "Generation of Error Message Containing Sensitive Information",
    269: "Improper Privilege Management",
    287: "Improper Authentication",
    288: "Authentication Bypass Using an Alternate Path or Channel",
    294: "Authentication Bypass by Capture-replay",
    295: "Improper Certificate Validation",
    304: "Missing Critical Step in Authentication",
    306: "Missing Authentication for Critical Function",
    307: "Improper Restriction of Excessive Authentication Attempts",
    308: "Use of Single-factor Authentication",
    315: "Cleartext Storage of Sensitive Information in a Cookie",
    319: "Cleartext Transmission of Sensitive Information",
    321: "Use of Hard-coded Cryptographic Key",
    326: "Inadequate Encryption Strength",
    330: "Use of Insufficiently Random Values",
    331: "Insufficient Entropy",
    334: "Small Space of Random Values",
    340: "Generation of Predictable Numbers or Identifiers",
    341: "Predictable from Observable State",
    345: "Insufficient Verification of Data Authenticity",
    346: "Origin Validation Error",
    347: "Improper Verification of Cryptographic Signature",
    352: "Cross-Site Request Forgery (CSRF)",
    362: "Concurrent Execution using Shared Resource with Improper Synchronization ('Race Condition')",
    367: "Time-of-check Time-of-use (TOCTOU) Race Condition",
    384: "Session Fixation",
    390: "Detection of Error Condition Without Action",
    425: "Direct Request ('Forced Browsing')",
    444: "Inconsistent Interpretation of HTTP Requests ('HTTP Request/Response Smuggling')",
    459: "Incomplete Cleanup",
    472: "External Control of Assumed-Immutable Web Parameter",
    488: "Exposure of Data Element to Wrong Session",
    521: "Weak Password Requirements",
    522: "Insufficiently Protected Credentials",
    523: "Unprotected Transport of Credentials",
    524: "Use of Cache Containing Sensitive Information",
    525: "Use of Web Browser Cache Containing Sensitive Information",
    532: "Insertion of Sensitive Information into Log File",
    539: "Use of Persistent Cookies Containing Sensitive Information",
    565: "Reliance on Cookies without Validation and Integrity Checking",
    598: "Use of GET Request Method With Sensitive Query Strings",
    601: "URL Redirection to Untrusted Site ('Open Redirect')",
    602: "Client-Side Enforcement of Server-Side Security",
    613: "Insufficient Session Expiration",
    614: "Sensitive Cookie in HTTPS Session Without 'Secure' Attribute",
    620: "Unverified Password Change",
    639: "Authorization Bypass Through User-Controlled Key",
    640: "Weak Password Recovery Mechanism for Forgotten Password",
    645: "Overly Restrictive Account Lockout Mechanism",
    650: "Trusting HTTP Permission Methods on the Server Side",
    668: "Exposure of Resource to Wrong Sphere",
    755: "Improper Handling of Exceptional Conditions",
    784: "Reliance on Cookies without Validation and Integrity Checking in a Security Decision",
    798: "Use of Hard-coded Credentials",
    799: "Improper Control of Interaction Frequency",
    807: "Reliance on Untrusted Inputs in a Security Decision",
    841: "Improper Enforcement of Behavioral Workflow",
    862: "Missing Authorization",
    863: "Incorrect Authorization",
    922: "Insecure Storage of Sensitive Information",
    942: "Permissive Cross-domain Security Policy with Untrusted Domains",
    1004: "Sensitive Cookie Without 'HttpOnly' Flag",
    1021: "Improper Restriction of Rendered UI Layers or Frames",
    1275: "Sensitive Cookie with Improper SameSite Attribute",
    1385: "Missing Origin Validation in WebSockets",
}

REQUIREMENTS = tuple(
    Requirement(
        id=f"CWE-{number}",
        title=name,
        link=f"https://cwe.mitre.org/data/definitions/{number}.html",
        source=SOURCE,
    )
    for number, name in NAMES.items()
)
