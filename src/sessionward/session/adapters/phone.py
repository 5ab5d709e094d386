"""Sessions of apps on phones: in the Authorization header, and bound to a key where the client offers one."""

from collections.abc import Collection

from sessionward.session.adapters.authorization import Pair
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import Steps
from sessionward.session.command import Refusal
from sessionward.session.digest import Token
from sessionward.session.dpop.proof_terms import ProofRefused
from sessionward.session.state import Kind, Subject

ACTIVITY = "session-activity"
"""A header by which an app on a phone says "?1" where a person caused the request: it knows, and no browser does."""


def arrive_by_phone(visit: Visit, *, by_person: bool) -> Steps[None]:
    """Find the session of an access token. Where it is bound to a key, nothing happens to it without the proof.

    Raises:
        StoreError: the store could not be asked; nothing may be served.

    """
    yield from visit.arrive(by_person=False)
    if visit.record is None:
        return
    if visit.record.device_key is not None and not (yield from _proved(visit, visit.record.device_key)):
        return
    if by_person:
        yield from visit.arrive(by_person=True)


def login_by_phone(
    visit: Visit,
    subject: Subject,
    *,
    role: str | None,
    method: str,
    epoch: int | None,
    keep: Collection[str] = (),
) -> Steps[Pair]:
    """All factors of `subject` were right: the first pair of a new session, bound to the key that the client proves.

    Raises:
        Refused: the client offers a proof that does not hold, or what `Visit.login` refuses.

    """
    key = None
    if visit.possession is not None and visit.possession.proofs:
        verdict = yield from visit.possession.prove(None, visit.keeper.clock())
        if isinstance(verdict, ProofRefused):
            visit.doubt = verdict
            raise Refused(Refusal.KEY_NOT_PROVED)
        key = verdict.thumbprint
    yield from visit.login(
        subject, role=role, method=method, epoch=epoch, keep=keep, bearer=True, device_key=key
    )
    return visit.pair()


def refresh_by_phone(visit: Visit, text: object) -> Steps[Pair]:
    """The next pair for the refresh token spelled `text`, which is used up; with the proof of the same key, if any.

    What a client sent as JSON may be anything: what is no text is no token.

    Raises:
        Refused: the token opens no session, or its key was not proved.

    """
    found = visit.presented(Token.parse(text) if isinstance(text, str) else None, kind=Kind.REFRESH)
    yield from found.arrive(by_person=False)
    key = None if found.record is None else found.record.device_key
    if key is not None and not (yield from _proved(found, key)):
        visit.doubt = found.doubt
        raise Refused(Refusal.KEY_NOT_PROVED)
    pair = yield from found.refresh()
    visit.pair_handed_out = True  # the request came without a session, and its answer is private all the same
    return pair


def challenge_headers(visit: Visit) -> tuple[tuple[str, str], ...]:
    """What a client is told whose proof did not hold, or who is to use a newer nonce (RFC 9449, sections 7.1, 8)."""
    doubt, told = visit.doubt, []
    if doubt is not None:
        told.append(("www-authenticate", f'DPoP error="{doubt.error}", error_description="{doubt.why}"'))
    nonce = visit.nonce if doubt is None else doubt.nonce
    if nonce is not None:
        told.append(("dpop-nonce", nonce))
    return tuple(told)


def _proved(visit: Visit, key: str) -> Steps[bool]:
    """Whether the client proved `key`; if not, the visit is nobody's."""
    if visit.possession is None:
        verdict = ProofRefused(error="invalid_dpop_proof", why="There must be exactly one proof.")
        visit.deny(verdict)
        return False
    judged = yield from visit.possession.prove(key, visit.keeper.clock())
    if isinstance(judged, ProofRefused):
        visit.deny(judged)
        return False
    visit.nonce = judged.nonce
    return True
