"""The guarded experiments that checks share: written once, so that no check can leave a control out."""

from sessionward.audit.experiment.actions import (
    carriers,
    change_password,
    channels,
    cookie_keys,
    copies,
    enter,
    leave,
    require,
    resident,
    shown,
)
from sessionward.audit.experiment.boundary import Tried, proven, reach_up
from sessionward.audit.experiment.crossing import (
    Crossed,
    at_home,
    concluded,
    counted,
    crossed,
    places,
    selectors,
    tells,
)
from sessionward.audit.experiment.crowd import alive_at_once, open_sessions
from sessionward.audit.experiment.documents_bare import Opened, try_bare
from sessionward.audit.experiment.endings import (
    CannotTell,
    NotHere,
    Step,
    belongs,
    experiment,
    failing,
    place,
    refused,
)
from sessionward.audit.experiment.forging import Attempt, attempts, login_requests, logout_attempts, with_path
from sessionward.audit.experiment.form_tokens import with_fresh_tokens
from sessionward.audit.experiment.guards import Guard, unguarded
from sessionward.audit.experiment.ladder import Climbed, climb
from sessionward.audit.experiment.lifetime import Claimed, claims, life_note, spell
from sessionward.audit.experiment.names import Sample, login_sample, reset_sample
from sessionward.audit.experiment.parked import STRANGER, Busy, busy_resident, latest_end, pass_time
from sessionward.audit.experiment.readable import read_by_scripts, readable_opens
from sessionward.audit.experiment.remembered import remembered_login, still_remembered
from sessionward.audit.experiment.replay import (
    Target,
    look,
    must_be_refused,
    other_lives,
    outlasts,
    positive,
    replay_opens,
)
from sessionward.audit.experiment.successor import answered_at
from sessionward.audit.experiment.telling_apart import said_apart, time_apart
from sessionward.audit.experiment.ways import gathered, left_open, listed, opened

__all__ = [
    "STRANGER",
    "Attempt",
    "Busy",
    "CannotTell",
    "Claimed",
    "Climbed",
    "Crossed",
    "Guard",
    "NotHere",
    "Opened",
    "Sample",
    "Step",
    "Target",
    "Tried",
    "alive_at_once",
    "answered_at",
    "at_home",
    "attempts",
    "belongs",
    "busy_resident",
    "carriers",
    "change_password",
    "channels",
    "claims",
    "climb",
    "concluded",
    "cookie_keys",
    "copies",
    "counted",
    "crossed",
    "enter",
    "experiment",
    "failing",
    "gathered",
    "latest_end",
    "leave",
    "left_open",
    "life_note",
    "listed",
    "login_requests",
    "login_sample",
    "logout_attempts",
    "look",
    "must_be_refused",
    "open_sessions",
    "opened",
    "other_lives",
    "outlasts",
    "pass_time",
    "place",
    "places",
    "positive",
    "proven",
    "reach_up",
    "read_by_scripts",
    "readable_opens",
    "refused",
    "remembered_login",
    "replay_opens",
    "require",
    "reset_sample",
    "resident",
    "said_apart",
    "selectors",
    "shown",
    "spell",
    "still_remembered",
    "tells",
    "time_apart",
    "try_bare",
    "unguarded",
    "with_fresh_tokens",
    "with_path",
]
