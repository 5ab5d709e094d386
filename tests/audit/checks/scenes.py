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
    Records,
    Renewal,
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
TRADED = replace(
    API,
    id="me renewed",
    members=frozenset({SID}),
    renewal=Renewal(request=Request(method="POST", url=f"{START}renew"), place="$.token", key=BEARER),
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

FURTHER = {
    "neighbour": ("Nell Neighbour", "patient", "south"),
    "staff": ("Sara Staff", "doctor", "north"),
    "administrator": ("Adam Admin", "administrator", "north"),
}
"""Further accounts: what tells them from others, their role, their tenant."""
HOMES = {
    party: PrivateExchange(
        id=f"home of {party}",
        request=Request(method="GET", url=f"{START}profile"),
        members=frozenset({SID}),
        markers={party: (marker,)},
    )
    for party, (marker, _, _) in FURTHER.items()
}
RECORD = PersonalExchange(
    id="record",
    request=Request(method="GET", url=f"{START}records/101"),
    evidence="record",
    texts=("Haemoglobin is slightly low", "Take iron for three months", "Blood test of March"),
)
ADMIN_PAGE = PersonalExchange(
    id="accounts",
    request=Request(method="GET", url=f"{START}office/accounts"),
    evidence="role",
    texts=("Olga Owner may log in", "Stan Stranger may log in"),
    whose="administrator",
)
ROTA = PersonalExchange(
    id="rota",
    request=Request(method="GET", url=f"{START}office/rota"),
    evidence="role",
    texts=("Night shift on Monday", "Day shift on Tuesday"),
    whose="administrator",
)


def records(*known: PersonalExchange, **more: Any) -> Records:
    """Those objects of the owner's, and as many named ones."""
    return Records(known=known, **{"named": len(known), **more})


def peopled(*further: str, **changes: Any) -> Scene:
    """The scene with those further accounts, each logged in; the owner and the stranger are of the tenant north."""
    north = {name: replace(party, tenant="north") for name, party in SCENE.parties.items()}
    others = {
        name: Party(name=name, account=name, username=f"{name}@app.test", role=role, tenant=tenant)
        for name, (_, role, tenant) in FURTHER.items()
        if name in further
    }
    homes = {name: HOMES[name] for name in further}
    return replace(SCENE, **{"parties": north | others, "homes": homes, **changes})


def scene(**changes: Any) -> Scene:
    """The scene with some things otherwise."""
    return replace(SCENE, **changes)


def policy(**changes: Any) -> PolicyFacts:
    """Its policy with some things otherwise."""
    return replace(SCENE.policy, **changes)


def needing(exchange: PrivateExchange, *keys: TokenKey) -> PrivateExchange:
    """The exchange as one that only these together open."""
    return replace(exchange, members=frozenset(keys))
