"""What the audit would do to the app, in words, before it does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sessionward.audit.check import Check, Disturbance
from sessionward.audit.scene import Scene


def plan_of(scene: Scene, checks: Sequence[Check]) -> tuple[str, ...]:
    """One line for each thing that would be done and each that would be changed."""
    return tuple(_lines(scene, checks))


def _lines(scene: Scene, checks: Sequence[Check]) -> Iterator[str]:
    owner, stranger = scene.parties.get("owner"), scene.parties.get("stranger")
    if owner and stranger:
        yield f"Log in many times as {owner.account} (the owner) and as {stranger.account} (the stranger)."
    for known in scene.parties.values():
        if known not in (owner, stranger):
            yield f"Log in once as {known.account}."
    if not scene.calibrated:
        yield f"Make no experiment, as owner and stranger cannot be told apart: {scene.reason}"
        return
    for kind, text in (
        (Disturbance.CREDENTIALS, "Change the password of {account} and set it back"),
        (Disturbance.SESSIONS, "End or evict sessions of {account}"),
        (Disturbance.THROTTLE, f"Try up to {scene.policy.failed_logins + 1} wrong passwords for {{account}}"),
        (Disturbance.DATA, "Change data of {account} and set it back"),
    ):
        concerned = [
            check for check in checks if kind in check.disturbs or (check.acts and kind is Disturbance.DATA)
        ]
        for party in sorted({check.account for check in concerned}):
            if kind is Disturbance.CREDENTIALS and scene.password_change is None:
                continue
            account = scene.parties[party].account
            names = ", ".join(check.id for check in concerned if check.account == party)
            yield f"{text.format(account=account)} ({names})."
    if waiting := [check.id for check in checks if check.patient]:
        yield f"Leave sessions idle for up to {scene.wait:g} s ({', '.join(waiting)})."
    if scene.logout is None:
        yield "Leave the sessions to the app's timeouts, since no way to log out was found."
    else:
        yield "Log out every session at the end and show that it is dead."
