"""Web Content Accessibility Guidelines 2.2: what a session's end must leave a person able to do."""

from sessionward.standards.requirement import Requirement

SOURCE = "WCAG 2.2"

CRITERIA = (
    ("2.1.1", "keyboard", "Keyboard (A)"),
    ("2.2.1", "timing-adjustable", "Timing Adjustable (A)"),
    ("2.2.5", "re-authenticating", "Re-authenticating (AAA)"),
    ("2.2.6", "timeouts", "Timeouts (AAA)"),
    ("2.4.3", "focus-order", "Focus Order (A)"),
    ("4.1.2", "name-role-value", "Name, Role, Value (A)"),
    ("4.1.3", "status-messages", "Status Messages (AA)"),
)

REQUIREMENTS = tuple(
    Requirement(
        id=f"WCAG-{number}",
        title=title,
        link=f"https://www.w3.org/WAI/WCAG22/Understanding/{page}.html",
        source=SOURCE,
    )
    for number, page, title in CRITERIA
)
