"""Security headers for Flask. Nothing of Flask is imported: an app is known by its shape."""

from typing import Any

from sessionward.session.adapters.wsgi_headers import WSGISecurityHeaders, dressing_of
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy


def flask_security_headers(app: Any, policies: HeaderPolicies | HeaderPolicy | None = None) -> None:
    """Give all answers of `app`, a `flask.Flask`, the headers, and its templates `csp_nonce`."""
    app.wsgi_app = WSGISecurityHeaders(app.wsgi_app, policies)

    def helpers() -> dict[str, str]:
        request = app.jinja_env.globals["request"]  # Flask's own, which its templates go by
        return {"csp_nonce": dressing_of(request.environ).nonce}

    app.context_processor(helpers)


def flask_clear_site_data(request: Any) -> None:
    """Have the browser forget what the site stored in it; to be called at a logout with `flask.request`."""
    dressing_of(request.environ).ended = True
