"""What calibration is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sessionward.audit.scene import PersonalExchange, PrivateExchange, Renewal, Shows
from sessionward.http import Exchange, TokenKey, TokenSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One browser that logged in: everything it holds that may carry the login, and what it exchanged.

    ``exchanges`` are oldest first, those of the login itself included.
    """

    party: str
    tokens: TokenSet = field(repr=False)
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What exploration brought home.

    ``owner_again`` is a second, separate login of the owner: what both show belongs to the account and not to the
    session. ``anonymous`` are answers to a browser that never logged in. ``known`` gives for each party what
    is known of the account (username first, e-mail address, …), ``canaries`` texts that were planted in private
    fields of the owner. ``avoid`` are texts of addresses that are never requested, such as the logout's.
    """

    owner: Witness
    owner_again: Witness
    stranger: Witness
    anonymous: tuple[Exchange, ...] = field(default=(), repr=False)
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    canaries: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()

    def known_of(self, party: str) -> tuple[str, ...]:
        """The known values of a party's account, without repetition, and how apps like to write them: an e-mail address
        in lower case, a name with a capital."""
        values = self.known.get(party, ())
        lowered = (value.lower() for value in values if "@" in value)
        raised = (value[:1].upper() + value[1:] for value in values if "@" not in value)
        return tuple(dict.fromkeys((*values, *lowered, *raised)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What "logged in" means in this app.

    ``private`` is sorted, best first; where ``calibrated``, the first is the oracle and ``table`` holds what it showed
    to whom: owner, owner again, stranger, anonymous, random token. Where not, ``reason`` is one sentence for a person
    that says why, and how to mend it. ``queries`` are the names of query parameters that carry a
    login. ``rotating`` are cookies that each answer replaces and whose former value dies at once. ``renewals``
    are requests, without their tokens, whose answers hand out new tokens; they were seen and not made again.
    ``requests`` is how many requests it took.
    """

    private: tuple[PrivateExchange, ...] = ()
    personal: tuple[PersonalExchange, ...] = ()
    calibrated: bool = False
    reason: str = ""
    facts: tuple[str, ...] = ()
    table: tuple[tuple[str, Shows], ...] = ()
    queries: tuple[str, ...] = ()
    rotating: frozenset[TokenKey] = frozenset()
    renewals: tuple[Renewal, ...] = ()
    requests: int = 0
