"""A small calibrated scene for transcripts: one page that a cookie opens, one interface that a header opens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sessionward.audit.scene import (
    LoginFacts,
    LogoutFacts,
    Party,
    PasswordChangeFacts,
    PersonalExchange,
    PolicyFacts,
    PrivateExchange,
    Scene,
)
from sessionward.http import Carrier, Request, TokenKey

START = "http://app.test/"
SID = TokenKey(Carrier.COOKIE, "sid")
REMEMBER = TokenKey(Carrier.COOKIE, "remember")
BEARER = TokenKey(Carrier.HEADER, "authorization")
USERNAMES = {"owner": "olga@app.test", "stranger": "stan@app.test"}
MARKERS = {"owner": ("Olga Owner",), "stranger": ("Stan Stranger",)}

ORACLE = PrivateExchange(
    id="profile",
    request=Request(method="GET", url=f"{START}profile"),
    members=frozenset({SID}),
    markers=MARKERS,
)
API = PrivateExchange(
    id="me",
    request=Request(method="GET", url=f"{START}api/me"),
    members=frozenset({BEARER}),
    markers=MARKERS,
    kind="api",
)
LETTER = PersonalExchange(
    id="letter",
    request=Request(method="GET", url=f"{START}letters/12"),
    evidence="canary",
    texts=("swcafe01",),
)
CARD = PersonalExchange(
    id="card",
    request=Request(method="GET", url=f"{START}people/olga"),
    evidence="personal",
    texts=("olga@home.test",),
)

SCENE = Scene(
    start=START,
    policy=PolicyFacts(profile="patient-portal", inactivity_timeout=900.0, absolute_lifetime=43_200.0),
    wait=30.0,
    seed=3,
    parties={
        name: Party(name=name, account=name, username=username, role="patient")
        for name, username in USERNAMES.items()
    },
    private=(ORACLE, API),
    personal=(LETTER, CARD),
    login=LoginFacts(url=f"{START}login", remember=True),
    logout=LogoutFacts(found_on=START, control="Log out"),
    password_change=PasswordChangeFacts(url=f"{START}password", asks_current=True),
    calibrated=True,
)


def scene(**changes: Any) -> Scene:
    """The scene with some things otherwise."""
    return replace(SCENE, **changes)


def policy(**changes: Any) -> PolicyFacts:
    """Its policy with some things otherwise."""
    return replace(SCENE.policy, **changes)


def needing(exchange: PrivateExchange, *keys: TokenKey) -> PrivateExchange:
    """The exchange as one that only these together open."""
    return replace(exchange, members=frozenset(keys))
