from sessionward.audit.experiment.form_tokens import hidden_fields, with_fresh_tokens
from sessionward.http import Exchange, Request, Response

LOGIN = "http://app.test/login"
FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


def page(*fields: tuple[str, str], kind: str = "text/html; charset=utf-8") -> Exchange:
    body = "".join(f'<input type="hidden" name="{name}" value="{value}"/>' for name, value in fields)
    response = Response(status=200, headers=(("Content-Type", kind),), body=f"<form>{body}</form>".encode())
    return Exchange(request=Request(method="GET", url=LOGIN), response=response)


def sent(body: bytes, kind: tuple[tuple[str, str], ...] = FORM) -> Request:
    return Request(method="POST", url=LOGIN, headers=kind, body=body)


def test_a_token_that_was_used_is_replaced_by_a_fresh_one() -> None:
    request = sent(b"csrf=used%2B1&user=stan&password=a%26b")
    renewed = with_fresh_tokens(request, [page(("csrf", "used+1"))], [page(("csrf", "fresh+2"))])
    assert renewed.body == b"csrf=fresh%2B2&user=stan&password=a%26b"


def test_what_the_user_typed_stays_though_a_hidden_field_bears_its_name() -> None:
    request = sent(b"user=stan")
    assert with_fresh_tokens(request, [page(("user", "guest"))], [page(("user", "other"))]) == request


def test_a_body_that_is_no_form_stays_as_it_is() -> None:
    request = sent(b'{"csrf":"used"}', (("Content-Type", "application/json"),))
    assert with_fresh_tokens(request, [page(("csrf", "used"))], [page(("csrf", "fresh"))]) == request


def test_only_pages_have_hidden_fields_and_the_later_page_wins() -> None:
    recorded = [page(("a", "1")), page(("a", "2"), ("b", "3")), page(("a", "9"), kind="application/json")]
    assert hidden_fields(recorded) == {"a": "2", "b": "3"}
