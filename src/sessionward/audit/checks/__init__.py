"""Every check, sorted by id: one line each."""

from sessionward.audit.check import Check
from sessionward.audit.checks.lifecycle import (
    logout_keeps_token_alive,
    logout_misses_channel,
    password_change_keeps_sessions,
    token_resurrects,
    token_survives_login,
)

CHECKS: tuple[Check, ...] = (
    logout_keeps_token_alive.CHECK,
    logout_misses_channel.CHECK,
    password_change_keeps_sessions.CHECK,
    token_resurrects.CHECK,
    token_survives_login.CHECK,
)
