import hashlib
import json
import secrets

from sessionward.session.call import ConsumeOnce, Steps
from sessionward.session.factors.factor import Challenge, Disproved, Factor, Proved, Response
from sessionward.session.state import Subject
from tests.session.factors.taking import ANA, NOW, Desk


class Device:
    """A factor of somebody else's, in the shape of a passkey: it answers a challenge, each once."""

    name = "device"

    def begin(self, subject: Subject, kept: bytes | None, now: float) -> Challenge:
        state = secrets.token_bytes(16)
        return Challenge(shown={"challenge": state.hex()}, state=state)

    def finish(
        self, subject: Subject, kept: bytes | None, response: Response, now: float
    ) -> Steps[Proved[bytes] | Disproved]:
        if response.state is None:
            return Disproved.UNASKED
        if kept is None or json.loads(response.text)["answer"] != answer(kept, response.state):
            return Disproved.WRONG
        first: bool = yield ConsumeOnce(
            purpose="device", key=response.state, owner=subject, until=now + 300, now=now
        )
        return Proved(method=self.name) if first else Disproved.USED


def answer(key: bytes, state: bytes) -> str:
    return hashlib.sha256(key + state).hexdigest()


def test_a_factor_that_answers_challenges_has_the_same_shape() -> None:
    factor: Factor[bytes] = Device()
    desk = Desk()
    asked = factor.begin(ANA, b"key", NOW)
    assert asked.state is not None
    text = json.dumps({"answer": answer(b"key", asked.state)})
    response = Response(text=text, state=asked.state)
    assert desk.take(factor.finish(ANA, b"key", response, NOW)) == Proved(method="device")
    assert desk.take(factor.finish(ANA, b"key", response, NOW)) is Disproved.USED
    assert desk.take(factor.finish(ANA, None, response, NOW)) is Disproved.WRONG
    assert desk.take(factor.finish(ANA, b"key", Response(text=text), NOW)) is Disproved.UNASKED


def test_what_was_typed_and_what_is_kept_do_not_show() -> None:
    shown = repr(
        (
            Response(text="canary", state=b"canary"),
            Proved(method="x", replace="canary"),
            Challenge(shown={}, state=b"canary"),
        )
    )
    assert "canary" not in shown
