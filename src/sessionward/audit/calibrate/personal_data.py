"""Recorded requests whose answers showed personal data of the owner, guarded or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from sessionward.audit.calibrate.addresses import described, pattern, reads_only, unique
from sessionward.audit.calibrate.candidates import request_text, template
from sessionward.audit.calibrate.leaves import Leaf, leaves
from sessionward.audit.calibrate.material import Material
from sessionward.audit.calibrate.oracle import Trial
from sessionward.audit.calibrate.words import EMAIL, PHONE, is_opaque, occurrences, spellings, stands_in
from sessionward.audit.scene import PersonalExchange, PrivateExchange
from sessionward.http import Exchange

MOST = 40
SHORTEST = 6
LONGEST = 400
MOST_LEARNED = 12
MOST_PASSAGES = 40
PASSAGE = 24
SPACES = 3
"""A text of so many characters and words is written for one person; shorter ones are captions and menus."""

PRIVATE = (
    "mail phone mobile tel birth dob address street postal zip insur ssn social allerg diagnos medic blood "
    "emergency iban"
).split()
"""In the name of a field or a JSON key: what stands there is about a person."""


def personal_exchanges(
    material: Material,
    learned: Iterable[str] = (),
    queries: Iterable[str] = (),
    *,
    private: Iterable[PrivateExchange] = (),
) -> tuple[PersonalExchange, ...]:
    """Those requests, one an address pattern, canaries first, at most ``MOST``.

    The username alone is no personal data here: apps show it to others on purpose. Where a request is among the
    ``private`` ones already, only a canary adds to that.
    """
    already = frozenset(pattern(one.request) for one in private)
    names, texts = tuple(queries), (*_known_personal(material), *learned)
    found: dict[str, PersonalExchange] = {}
    for exchange in (*material.owner.exchanges, *material.owner_again.exchanges):
        shown = _shown(exchange, material, material.canaries) if material.canaries else ()
        kind: Literal["canary", "personal"] = "canary" if shown else "personal"
        shown = shown or _shown(exchange, material, texts)
        key = pattern(template(exchange.request, names))
        if kind == "personal" and key in already:
            continue
        if shown and (key not in found or (kind == "canary" and found[key].evidence == "personal")):
            request = template(exchange.request, names)
            found[key] = PersonalExchange(id=described(request), request=request, evidence=kind, texts=shown)
    taken: set[str] = set()
    best = sorted(found.values(), key=lambda one: (one.evidence, one.id))[:MOST]
    return tuple(replace(one, id=unique(one.id, taken)) for one in best)


def learned_texts(trials: Iterable[Trial], material: Material) -> tuple[str, ...]:
    """Texts that only the owner was shown, taken from exchanges that were tried: personal ones first, then passages.

    A passage that one address keeps from everybody else and another shows is guarded in one place and forgotten in the
    other, whatever it is about.
    """
    usernames = frozenset(value.casefold() for value in material.known.get("owner", ())[:1])
    personal: dict[str, None] = {}
    passages: dict[str, None] = {}
    for trial in trials:
        for leaf in _own_leaves(trial):
            if EMAIL.fullmatch(leaf.value) or any(word in leaf.key.lower() for word in PRIVATE):
                personal.setdefault(leaf.value, None)
            elif len(leaf.value) >= PASSAGE and leaf.value.count(" ") >= SPACES:
                passages.setdefault(leaf.value, None)
    named = [text for text in personal if text.casefold() not in usernames]
    return (*named[:MOST_LEARNED], *tuple(passages)[:MOST_PASSAGES])


def _own_leaves(trial: Trial) -> Iterator[Leaf]:
    """The texts of an answer that both logins of the owner were shown, and nobody else."""
    answers = dict(trial.answers)
    response = answers["owner"].response
    others = "\n".join(answers[name].text for name in ("stranger", "anonymous", "random token"))
    again = answers["owner again"].text
    for leaf in leaves(response) if response else ():
        lasting = SHORTEST <= len(leaf.value) <= LONGEST and not leaf.number and not is_opaque(leaf.value)
        if lasting and any(form in again and form not in others for form in spellings(leaf.value)):
            yield leaf


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
