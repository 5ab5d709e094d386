"""The guarded experiments that checks share: written once, so that no check can leave a control out."""

from sessionward.audit.experiment.guards import Guard, unguarded
from sessionward.audit.experiment.lifetime import claims, life_note, spell
from sessionward.audit.experiment.replay import (
    OWNER,
    Target,
    look,
    must_be_refused,
    other_lives,
    outlasts,
    positive,
    replay_opens,
)
from sessionward.audit.experiment.steps import (
    carriers,
    change_password,
    channels,
    cookie_keys,
    copies,
    enter,
    leave,
    require,
    resident,
)
from sessionward.audit.experiment.verdict import (
    CannotTell,
    NotHere,
    Step,
    belongs,
    experiment,
    failing,
    place,
    refused,
)

__all__ = [
    "OWNER",
    "CannotTell",
    "Guard",
    "NotHere",
    "Step",
    "Target",
    "belongs",
    "carriers",
    "change_password",
    "channels",
    "claims",
    "cookie_keys",
    "copies",
    "enter",
    "experiment",
    "failing",
    "leave",
    "life_note",
    "look",
    "must_be_refused",
    "other_lives",
    "outlasts",
    "place",
    "positive",
    "refused",
    "replay_opens",
    "require",
    "resident",
    "spell",
    "unguarded",
]
