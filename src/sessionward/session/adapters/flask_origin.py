"""The defence against forged requests for Flask."""

from typing import Any

from sessionward.session.adapters.arrival import REFUSAL, OnRefusal, token_field
from sessionward.session.adapters.flask_context import request_of, visit_here
from sessionward.session.adapters.state_changing import is_state_changing
from sessionward.session.adapters.wsgi_origin import REFUSED, WSGIForgeryGuard, arrival_of
from sessionward.session.forgery.rules import ForgeryRules


def flask_forgery_guard(app: Any, rules: ForgeryRules, *, on_refusal: OnRefusal | None = None) -> None:
    """Guard all of `app`, a `flask.Flask`, and give its templates `csrf_token()` and `csrf_field()`.

    In a form with uploads the field must come first. `on_refusal` is told of each refusal.
    """
    app.wsgi_app = WSGIForgeryGuard(app.wsgi_app, rules, on_refusal=on_refusal)

    def judge_marked() -> tuple[str, int, list[tuple[str, str]]] | None:
        """Refuse a GET of a marked view that no page of ours sent."""
        request = request_of(app)
        if not is_state_changing(app.view_functions.get(request.endpoint)):
            return None
        arrival = arrival_of(request.environ)
        arrival.mark()
        arrival.show(arrival.token_in_header)
        if arrival.doubt is None:
            return None
        refused = arrival.refused()
        if on_refusal is not None:
            on_refusal(refused)
        return REFUSAL, 403, [*REFUSED]

    def token() -> str:
        visit = visit_here()
        handed_out = None if visit is None or visit.hand_out is None else visit.hand_out.text
        ending = visit is not None and visit.forget
        return arrival_of(request_of(app).environ).token(handed_out=handed_out, ending=ending)

    def helpers() -> dict[str, Any]:
        # Markup, which Flask's templates do not escape, is what the app's own filter makes
        safe = app.jinja_env.filters["safe"]
        return {"csrf_token": token, "csrf_field": lambda: safe(token_field(token()))}

    app.before_request(judge_marked)
    app.context_processor(helpers)
