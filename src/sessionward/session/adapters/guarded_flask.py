"""What is another's, answered by Flask as what does not exist."""

from flask import Flask
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound

from sessionward.session.guard.ownership import NotYours


def flask_object_guard(app: Flask) -> None:
    """Answer `NotYours` in views of `app` as the app answers an address that it does not know."""

    def as_missing(_error: NotYours) -> HTTPException | ResponseReturnValue:
        return app.handle_http_exception(NotFound())

    app.register_error_handler(NotYours, as_missing)
