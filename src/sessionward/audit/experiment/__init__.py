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
from sessionward.audit.experiment.boundary import Tried, meant_for_higher, reach_up
from sessionward.audit.experiment.common_keys import common_keys
from sessionward.audit.experiment.common_keys import kind as key_kind
from sessionward.audit.experiment.crossing import (
    Crossed,
    at_home,
    concluded,
    counted,
    crossed,
    places,
    selectors,
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
from sessionward.audit.experiment.entropy import unknown_bits
from sessionward.audit.experiment.forecast import Forecast
from sessionward.audit.experiment.foreseeing import forecasts, foreseen, neighbours
from sessionward.audit.experiment.forging import Attempt, attempts, login_requests, logout_attempts, with_path
from sessionward.audit.experiment.form_tokens import with_fresh_tokens
from sessionward.audit.experiment.guards import Guard, unguarded
from sessionward.audit.experiment.identity import (
    PLANTED,
    Portrait,
    differing,
    guessable,
    known_values,
    others_claims,
    portrait,
    tells,
    web_tokens,
)
from sessionward.audit.experiment.ladder import Climbed, climb
from sessionward.audit.experiment.lifetime import Claimed, claims, life_note, spell
from sessionward.audit.experiment.live_page import left_alone, private_pages, public_texts, walked
from sessionward.audit.experiment.live_page import opened as opened_page
from sessionward.audit.experiment.names import NameSample, login_sample, reset_sample
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
from sessionward.audit.experiment.rewriting import resigned_set, rewritten, signed_forgery, signed_parts
from sessionward.audit.experiment.roles import RoleChange, newly_given, role_changes
from sessionward.audit.experiment.successor import answered_at
from sessionward.audit.experiment.telling_apart import said_apart, time_apart
from sessionward.audit.experiment.token_samples import (
    PARTIES,
    both_alive,
    of_party,
    opens_stranger,
    proven,
    sample,
    sampled_ways,
    sets_of_tokens,
    swapped,
    values,
)
from sessionward.audit.experiment.ways import gathered, left_open, listed, opened

__all__ = [
    "PARTIES",
    "PLANTED",
    "STRANGER",
    "Attempt",
    "Busy",
    "CannotTell",
    "Claimed",
    "Climbed",
    "Crossed",
    "Forecast",
    "Guard",
    "NameSample",
    "NotHere",
    "OpenPage",
    "Opened",
    "Portrait",
    "RoleChange",
    "Step",
    "Target",
    "Tried",
    "alive_at_once",
    "answered_at",
    "at_home",
    "attempts",
    "belongs",
    "both_alive",
    "busy_resident",
    "carriers",
    "change_password",
    "channels",
    "claims",
    "climb",
    "common_keys",
    "concluded",
    "cookie_keys",
    "copies",
    "counted",
    "crossed",
    "differing",
    "enter",
    "experiment",
    "exposed",
    "failing",
    "forecasts",
    "foreseen",
    "gathered",
    "guessable",
    "key_kind",
    "known_values",
    "latest_end",
    "leave",
    "left_alone",
    "left_open",
    "life_note",
    "listed",
    "login_requests",
    "login_sample",
    "logout_attempts",
    "look",
    "meant_for_higher",
    "must_be_refused",
    "neighbours",
    "newly_given",
    "of_party",
    "open_pages",
    "open_sessions",
    "opened",
    "opened_page",
    "opens_stranger",
    "other_lives",
    "others_claims",
    "outlasts",
    "park",
    "pass_time",
    "place",
    "places",
    "portrait",
    "positive",
    "private_pages",
    "proven",
    "public_texts",
    "reach_up",
    "read_by_scripts",
    "readable_opens",
    "refused",
    "remembered_login",
    "replay_opens",
    "require",
    "reset_sample",
    "resident",
    "resigned_set",
    "rewritten",
    "role_changes",
    "said_apart",
    "sample",
    "sampled_ways",
    "selectors",
    "sets_of_tokens",
    "shown",
    "signed_forgery",
    "signed_parts",
    "spell",
    "still_remembered",
    "swapped",
    "tells",
    "time_apart",
    "try_bare",
    "unguarded",
    "unknown_bits",
    "values",
    "walked",
    "web_tokens",
    "with_fresh_tokens",
    "with_path",
]
