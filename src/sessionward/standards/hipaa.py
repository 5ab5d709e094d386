"""The HIPAA Security Rule, 45 CFR 164.308 and 164.312.

It asks that a session end "after a predetermined time of inactivity" and names no number of minutes,
nor do we in its name.
"""

from sessionward.standards.requirement import Requirement

SOURCE = "HIPAA Security Rule, 45 CFR Part 164 Subpart C"
BASE = "https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-C/section-"

PARAGRAPHS = (
    ("164.308", "(a)(3)(ii)(C)", "Termination procedures"),
    ("164.308", "(a)(4)(ii)(C)", "Access establishment and modification"),
    ("164.308", "(a)(5)(ii)(C)", "Log-in monitoring"),
    ("164.312", "(a)(1)", "Access control"),
    ("164.312", "(a)(2)(i)", "Unique user identification"),
    ("164.312", "(a)(2)(ii)", "Emergency access procedure"),
    ("164.312", "(a)(2)(iii)", "Automatic logoff"),
    ("164.312", "(a)(2)(iv)", "Encryption and decryption"),
    ("164.312", "(b)", "Audit controls"),
    ("164.312", "(c)(1)", "Integrity"),
    ("164.312", "(c)(2)", "Mechanism to authenticate electronic protected health information"),
    ("164.312", "(d)", "Person or entity authentication"),
    ("164.312", "(e)(1)", "Transmission security"),
    ("164.312", "(e)(2)(i)", "Integrity controls"),
    ("164.312", "(e)(2)(ii)", "Encryption"),
)

REQUIREMENTS = tuple(
    Requirement(id=f"HIPAA-{section}{paragraph}", title=title, link=BASE + section, source=SOURCE)
    for section, paragraph, title in PARAGRAPHS
)
