"""OWASP Top 10, the editions of 2021 and 2025."""

from sessionward.standards.requirement import Requirement

EDITIONS = {
    2021: (
        (1, "Broken Access Control"),
        (2, "Cryptographic Failures"),
        (4, "Insecure Design"),
        (5, "Security Misconfiguration"),
        (7, "Identification and Authentication Failures"),
        (8, "Software and Data Integrity Failures"),
        (9, "Security Logging and Monitoring Failures"),
    ),
    2025: (
        (1, "Broken Access Control"),
        (2, "Security Misconfiguration"),
        (4, "Cryptographic Failures"),
        (6, "Insecure Design"),
        (7, "Authentication Failures"),
        (8, "Software or Data Integrity Failures"),
        (9, "Security Logging and Alerting Failures"),
        (10, "Mishandling of Exceptional Conditions"),
    ),
}
"""The categories that a flaw of sessions can fall into, by year and rank."""

REQUIREMENTS = tuple(
    Requirement(
        id=f"OWASP-A{rank:02}:{year}",
        title=name,
        link=f"https://owasp.org/Top10/{year}/A{rank:02}_{year}-{name.replace(' ', '_')}/",
        source=f"OWASP Top 10:{year}",
    )
    for year, categories in EDITIONS.items()
    for rank, name in categories
)
