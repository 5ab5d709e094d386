"""What any WSGI app can have around it, by short names: the guard against forged requests, and security headers."""

from sessionward.session.adapters.arrival import RefusedRequest
from sessionward.session.adapters.wsgi_headers import WSGISecurityHeaders, dressing_of
from sessionward.session.adapters.wsgi_origin import WSGIForgeryGuard
from sessionward.session.forgery.judge import Doubt
from sessionward.session.forgery.rules import ForgeryRules
from sessionward.session.headers.content_policy import ContentPolicy
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy

__all__ = [
    "ContentPolicy",
    "Doubt",
    "ForgeryRules",
    "HeaderPolicies",
    "HeaderPolicy",
    "RefusedRequest",
    "WSGIForgeryGuard",
    "WSGISecurityHeaders",
    "dressing_of",
]
