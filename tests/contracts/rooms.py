"""Who may import whom, as data.

A room is a module or a folder of modules below `sessionward`; a module belongs to the longest room that
begins its name. Files of one room may import each other, except where `SOLITARY` says otherwise.
A module without a room is an error: a new room is named here first, with what it may know.
"""

CORE = frozenset(
    {"audit.check", "audit.observation", "audit.probe", "audit.scene", "audit.events", "standards", "http"}
)
DRIVING = CORE | {"audit.driver", "audit.config", "audit.redact", "audit.mail"}
ENGINE = DRIVING | {
    "audit.codes",
    "audit.evidence",
    "audit.locks",
    "audit.phrases",
    "audit.settings",
    "audit.experiment",
    "audit.checks",
    "audit.explore",
    "audit.calibrate",
    "audit.perform",
    "audit.journal",
    "audit.engine",
}
SESSION = frozenset(
    {
        "session.call",
        "session.clock",
        "session.command",
        "session.core",
        "session.digest",
        "session.event",
        "session.paths",
        "session.policies",
        "session.policy",
        "session.rest",
        "session.result",
        "session.state",
        "session.trail",
        "session.transact",
        "standards",
    }
)

PARTS = frozenset(
    {
        "session.drafts",
        "session.dpop",
        "session.factors",
        "session.forgery",
        "session.guard",
        "session.headers",
        "session.hints",
        "session.pages",
        "session.syslog",
    }
)
"""What stands beside the core of the session layer: each knows the core and no other of these."""

ALLOWED: dict[str, frozenset[str]] = {
    "version": frozenset(),
    "standards": frozenset(),
    "http": frozenset(),
    "audit.check": CORE,
    "audit.observation": CORE - {"audit.probe"},
    "audit.probe": CORE,
    "audit.scene": CORE,
    "audit.events": CORE,
    "audit.experiment": CORE,
    "audit.checks": CORE | {"audit.experiment"},
    "audit.driver": frozenset({"http"}),
    "audit.config": frozenset({"audit.check", "standards", "http"}),
    "audit.redact": frozenset({"http"}),
    "audit.mail": frozenset({"audit.config"}),
    "audit.codes": frozenset(),
    "audit.phrases": CORE,
    "audit.evidence": CORE | {"audit.phrases"},
    "audit.locks": frozenset({"audit.check"}),
    "audit.settings": CORE | {"audit.codes", "audit.config", "audit.explore", "audit.perform"},
    "audit.explore": DRIVING,
    "audit.calibrate": DRIVING,
    "audit.perform": DRIVING | {"audit.codes", "audit.explore", "audit.calibrate", "audit.journal"},
    "audit.journal": DRIVING,
    "audit.engine": ENGINE,
    "audit.conduct": ENGINE,
    "audit.browser": DRIVING,
    "audit.report": frozenset(
        {"audit.check", "audit.observation", "audit.probe", "audit.events", "standards"}
    ),
    "audit.regress": frozenset(
        {"audit.check", "audit.observation", "audit.probe", "audit.events", "standards"}
    ),
    "session.state": frozenset(),
    "session.clock": frozenset(),
    "session.digest": frozenset(),
    "session.policy": frozenset({"standards"}),
    "session.event": frozenset({"session.state"}),
    "session.paths": frozenset({"session.policy"}),
    "session.command": frozenset({"session.state"}),
    "session.policies": frozenset({"session.policy", "standards"}),
    "session.result": frozenset({"session.state"}),
    "session.call": frozenset({"session.state", "session.command", "session.result"}),
    "session.trail": frozenset({"session.state", "session.command", "session.event", "session.result"}),
    "session.core": SESSION
    - {
        "session.call",
        "session.digest",
        "session.paths",
        "session.policies",
        "session.rest",
        "session.result",
        "session.transact",
    },
    "session.rest": frozenset({"session.core", "session.policy", "session.state"}),
    "session.transact": SESSION - {"session.policies", "session.rest"},
    "session.stores": SESSION,
    "session.adapters": SESSION | PARTS | {"session.stores"},
    **dict.fromkeys(sorted(PARTS), SESSION),
    "session.chain": SESSION | {"session.stores"},
    "gateway": SESSION | {"session.stores", "session.adapters"},
    "apk": frozenset({"audit.check", "audit.events", "standards"}),
    "demo": SESSION | PARTS | {"asgi", "drafts", "factors"},
}
"""Which rooms of ours a room may import, besides itself and `version`."""

ANYTHING = "cli"
"""The one room that may import every other; only `sessionward.__main__` may import it."""

FACES: dict[str, frozenset[str]] = {
    "__main__": frozenset({ANYTHING}),
    **dict.fromkeys(
        (
            "argon2",
            "asgi",
            "django",
            "drafts",
            "factors",
            "flask",
            "phones",
            "sqlalchemy",
            "sqlalchemy_async",
            "starlette",
            "wsgi",
        ),
        SESSION | PARTS | {"session.adapters", "session.stores"},
    ),
    "postgres": frozenset({"session.stores"}),
    "redis": frozenset({"session.stores"}),
}
"""Short names for users, each handing on one thing."""

SOLITARY = ("audit.checks", "demo.hazards")
"""Folders whose files never import each other; only the `__init__` that lists them does."""

THIRD_PARTY: dict[str, frozenset[str]] = {
    "aiosmtpd": frozenset({"audit.mail"}),
    "argon2": frozenset({"session.factors"}),
    "cryptography": frozenset({"audit.browser", "demo", "session.drafts"}),
    "django": frozenset({"session.adapters"}),
    "flask": frozenset({"session.adapters"}),
    "httpx": frozenset({"audit.browser", "audit.perform", "gateway"}),
    "jinja2": frozenset({"audit.report", "audit.regress", "demo"}),
    "joserfc": frozenset({"session.dpop"}),
    "msgspec": frozenset({"audit.config", "audit.journal", "audit.report", "audit.regress"}),
    "playwright": frozenset({"audit.browser"}),
    "psycopg": frozenset({"session.stores"}),
    "redis": frozenset({"session.stores"}),
    "rich": frozenset({"audit.report"}),
    "sqlalchemy": frozenset({"session.adapters"}),
    "starlette": frozenset({"demo", "session.adapters"}),
    "werkzeug": frozenset({"session.adapters"}),
    "uvicorn": frozenset({"demo"}),
}
"""In which rooms a package from outside may be imported; the command line may import all of them."""
