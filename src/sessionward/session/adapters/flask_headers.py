"""Security headers for Flask."""

from typing import Any

from sessionward.session.adapters.flask_context import request_of, visit_here
from sessionward.session.adapters.wsgi_headers import WSGISecurityHeaders, dressing_of
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy


def flask_security_headers(app: Any, policies: HeaderPolicies | HeaderPolicy | None = None) -> None:
    """Give all answers of `app`, a `flask.Flask`, the headers, and its templates `csp_nonce`.

    At the end of a session that `visit.logout()` ended, the browser forgets what it stored.
    """
    app.wsgi_app = WSGISecurityHeaders(app.wsgi_app, policies)

    def helpers() -> dict[str, str]:
        return {"csp_nonce": dressing_of(request_of(app).environ).nonce}

    def ended(response: Any) -> Any:
        visit = visit_here()
        if visit is not None and visit.forget:
            flask_clear_site_data(request_of(app))
        return response

    app.context_processor(helpers)
    app.after_request(ended)


def flask_clear_site_data(request: Any) -> None:
    """Have the browser forget what the site stored in it; for apps with another session interface at a logout."""
    dressing_of(request.environ).ended = True
