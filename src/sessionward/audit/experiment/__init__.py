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
from sessionward.audit.experiment.crowd import alive_at_once, open_sessions
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
from sessionward.audit.experiment.live_page import left_alone, private_pages, public_texts, walked
from sessionward.audit.experiment.live_page import opened as opened_page
from sessionward.audit.experiment.open_pages import OpenPage, open_pages
from sessionward.audit.experiment.parked import STRANGER, Busy, busy_resident, latest_end, park, pass_time
from sessionward.audit.experiment.readable import exposed, read_by_scripts, readable_opens
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
from sessionward.audit.experiment.ways import gathered, left_open, listed, opened

__all__ = [
    "STRANGER",
    "Attempt",
    "Busy",
    "CannotTell",
    "Claimed",
    "Climbed",
    "Guard",
    "NotHere",
    "OpenPage",
    "Step",
    "Target",
    "alive_at_once",
    "answered_at",
    "attempts",
    "belongs",
    "busy_resident",
    "carriers",
    "change_password",
    "channels",
    "claims",
    "climb",
    "cookie_keys",
    "copies",
    "enter",
    "experiment",
    "exposed",
    "failing",
    "gathered",
    "latest_end",
    "leave",
    "left_alone",
    "left_open",
    "life_note",
    "listed",
    "login_requests",
    "logout_attempts",
    "look",
    "must_be_refused",
    "open_pages",
    "open_sessions",
    "opened",
    "opened_page",
    "other_lives",
    "outlasts",
    "park",
    "pass_time",
    "place",
    "positive",
    "private_pages",
    "public_texts",
    "read_by_scripts",
    "readable_opens",
    "refused",
    "remembered_login",
    "replay_opens",
    "require",
    "resident",
    "shown",
    "spell",
    "still_remembered",
    "unguarded",
    "walked",
    "with_fresh_tokens",
    "with_path",
]
