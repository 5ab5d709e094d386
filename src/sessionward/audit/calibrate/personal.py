"""Recorded requests whose answers showed personal data of the owner, guarded or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from sessionward.audit.calibrate.addresses import described, pattern, reads_only, unique
from sessionward.audit.calibrate.candidates import request_text, template
from sessionward.audit.calibrate.leaves import leaves
from sessionward.audit.calibrate.material import Material
from sessionward.audit.calibrate.oracle import Trial
from sessionward.audit.calibrate.words import EMAIL, PHONE, occurrences, spellings, stands_in
from sessionward.audit.scene import PersonalExchange
from sessionward.http import Exchange

MOST = 40
SHORTEST = 6
LONGEST = 200
MOST_LEARNED = 12
PRIVATE = (
    "mail phone mobile tel birth dob address street postal zip insur ssn social allerg diagnos medic blood "
    "emergency iban"
).split()
"""In the name of a field or a JSON key: what stands there is about a person."""


def personal_exchanges(
    material: Material, learned: Iterable[str] = (), queries: Iterable[str] = ()
) -> tuple[PersonalExchange, ...]:
    """Those requests, one an address pattern, canaries first, at most ``MOST``.

    The username alone is no personal data here: apps show it to others on purpose.
    """
    names, texts = tuple(queries), (*_known_personal(material), *learned)
    found: dict[str, PersonalExchange] = {}
    for exchange in (*material.owner.exchanges, *material.owner_again.exchanges):
        shown = _shown(exchange, material, material.canaries) if material.canaries else ()
        kind: Literal["canary", "personal"] = "canary" if shown else "personal"
        shown = shown or _shown(exchange, material, texts)
        key = pattern(template(exchange.request, names))
        if shown and (key not in found or (kind == "canary" and found[key].evidence == "personal")):
            request = template(exchange.request, names)
            found[key] = PersonalExchange(id=described(request), request=request, evidence=kind, texts=shown)
    taken: set[str] = set()
    best = sorted(found.values(), key=lambda one: (one.evidence, one.id))[:MOST]
    return tuple(replace(one, id=unique(one.id, taken)) for one in best)


def learned_texts(trials: Iterable[Trial], material: Material) -> tuple[str, ...]:
    """Personal texts that only the owner was shown, taken from exchanges that were tried."""
    usernames = frozenset(value.casefold() for value in material.known.get("owner", ())[:1])
    found: dict[str, None] = {}
    for trial in trials:
        for text in _personal_leaves(trial):
            if text.casefold() not in usernames:
                found.setdefault(text, None)
    return tuple(found)[:MOST_LEARNED]


def _personal_leaves(trial: Trial) -> Iterator[str]:
    answers = dict(trial.answers)
    response = answers["owner"].response
    others = "\n".join(answers[name].text for name in ("stranger", "anonymous", "random token"))
    again = answers["owner again"].text
    for leaf in leaves(response) if response else ():
        private = EMAIL.fullmatch(leaf.value) or any(word in leaf.key.lower() for word in PRIVATE)
        fitting = private and not leaf.number and SHORTEST <= len(leaf.value) <= LONGEST
        lasting = fitting and any(spelling in again for spelling in spellings(leaf.value))
        if lasting and leaf.value not in others:
            yield leaf.value


def _known_personal(material: Material) -> tuple[str, ...]:
    usernames = frozenset(value.casefold() for value in material.known.get("owner", ())[:1])
    return tuple(
        value
        for value in material.known_of("owner")
        if value.casefold() not in usernames and (EMAIL.fullmatch(value) or PHONE.fullmatch(value))
    )


def _shown(exchange: Exchange, material: Material, texts: Iterable[str]) -> tuple[str, ...]:
    """Those of the texts that the answer holds, as it writes them, and that the request does not say."""
    if exchange.status not in range(200, 300) or not reads_only(exchange.request):
        return ()
    if exchange.resource in {"image", "font", "media", "stylesheet", "websocket"}:
        return ()
    if any(text and text in exchange.request.url for text in material.avoid):
        return ()
    echo, body = request_text(template(exchange.request)), exchange.text
    written = (
        next((form for form in spellings(text) if next(occurrences(form, body), None) is not None), "")
        for text in texts
        if not stands_in(text, echo)
    )
    return tuple(dict.fromkeys(form for form in written if form))
