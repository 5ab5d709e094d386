"""Exchanges, cookies and tokens as values: parse, compare, redact. Nothing here fetches."""

from sessionward.http.cookie import Cookie, parse_set_cookie
from sessionward.http.exchange import Exchange, Request, Response
from sessionward.http.redact import Redactor
from sessionward.http.token import Carrier, Token, TokenKey, TokenSet

__all__ = [
    "Carrier",
    "Cookie",
    "Exchange",
    "Redactor",
    "Request",
    "Response",
    "Token",
    "TokenKey",
    "TokenSet",
    "parse_set_cookie",
]
