"""Where a session finds the app's pages: apps that write the token into every address have one for each session."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from sessionward.audit.explore.flows import LogoutFlow, PasswordFlow, ProfileFlow
from sessionward.http import TokenSet
from sessionward.http.carry import with_queries

Flow = TypeVar("Flow", LogoutFlow, PasswordFlow, ProfileFlow)


def in_session(flow: Flow, tokens: TokenSet) -> Flow:
    """The flow with the session's own tokens in its address, where that holds those of the session that found it."""
    return replace(flow, url=with_queries(flow.url, tokens))
