from typing import Any

import pytest

from sessionward.session.headers.content_policy import ContentPolicy
from sessionward.session.headers.header_policy import YEAR, HeaderPolicies, HeaderPolicy
from sessionward.session.policy import PolicyError


def headers(policy: HeaderPolicy, *, document: bool = True, secure: bool = True) -> dict[str, str]:
    return dict(policy.headers("N", document=document, secure=secure))


def test_the_default_protects_a_page_in_every_way() -> None:
    made = headers(HeaderPolicy())
    assert made.pop("Content-Security-Policy").startswith("default-src 'none'; script-src 'nonce-N'")
    assert made.pop("Permissions-Policy").startswith("accelerometer=(), camera=(), display-capture=()")
    assert made == {
        "X-Content-Type-Options": "nosniff",
        "Strict-Transport-Security": f"max-age={2 * YEAR}",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }


def test_what_is_no_document_gets_what_concerns_it() -> None:
    assert headers(HeaderPolicy(), document=False, secure=False) == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Security-Policy": "frame-ancestors 'none'",
        "X-Frame-Options": "DENY",
    }


def test_only_over_tls_browsers_are_told_to_stay_with_it() -> None:
    """RFC 6797, section 7.2: not over an insecure transport."""
    policy = HeaderPolicy(hsts=YEAR, hsts_subdomains=True, hsts_preload=True)
    said = headers(policy)["Strict-Transport-Security"]
    assert said == f"max-age={YEAR}; includeSubDomains; preload"
    assert "Strict-Transport-Security" not in headers(policy, secure=False)
    assert headers(HeaderPolicy(hsts=0))["Strict-Transport-Security"] == "max-age=0"
    assert "Strict-Transport-Security" not in headers(HeaderPolicy(hsts=None))


def test_camera_and_microphone_are_for_the_consultation_alone() -> None:
    base = HeaderPolicy()
    policies = HeaderPolicies(base=base, routes={"/consultation": base.allowing("camera", "microphone")})
    there = headers(policies.of("/consultation/7"))["Permissions-Policy"].split(", ")
    assert {"camera=(self)", "microphone=(self)", "geolocation=()"} <= {*there}
    assert "camera=()" in headers(policies.of("/records"))["Permissions-Policy"].split(", ")
    assert policies.of("/consultation/../records") is base


def test_a_feature_may_be_lent_to_a_frame_of_another_origin() -> None:
    policy = HeaderPolicy().allowing("camera", origins=["'self'", "https://video.example"])
    assert 'camera=(self "https://video.example")' in headers(policy)["Permissions-Policy"]


@pytest.mark.parametrize(
    "framed_by,shown",
    [
        ([], "DENY"),
        (["'self'"], "SAMEORIGIN"),
        (["https://hospital.example"], None),
        (["'self'", "https://x.example"], None),
    ],
)
def test_old_browsers_are_told_who_may_frame_the_page_as_far_as_they_understand(
    framed_by: list[str], shown: str | None
) -> None:
    policy = HeaderPolicy(content=ContentPolicy(framed_by=framed_by))
    assert headers(policy).get("X-Frame-Options") == shown


def test_a_content_policy_that_reports_names_its_endpoint() -> None:
    policy = HeaderPolicy(content=ContentPolicy(report_to="/csp", report_only=True))
    made = headers(policy)
    assert made["Reporting-Endpoints"] == 'csp="/csp"'
    assert "Content-Security-Policy" not in made
    assert made["Content-Security-Policy-Report-Only"].endswith("report-uri /csp; report-to csp")


def test_each_header_may_be_left_to_the_app() -> None:
    policy = HeaderPolicy(content=None, hsts=None, referrer=None, permissions={}, opener=None, resource=None)
    assert headers(policy) == {"X-Content-Type-Options": "nosniff"}
    assert headers(HeaderPolicy(embedder="require-corp"))["Cross-Origin-Embedder-Policy"] == "require-corp"


@pytest.mark.parametrize(
    "settings,message",
    [
        ({"hsts": 300}, "at least a year"),
        ({"hsts": -1}, "at least a year"),
        ({"hsts": None, "hsts_subdomains": True}, "mean nothing without hsts"),
        ({"hsts": 0, "hsts_subdomains": True}, "mean nothing without hsts"),
        ({"hsts_preload": True}, "needs hsts_subdomains"),
        ({"referrer": "unsafe-url"}, "referrer is 'unsafe-url'"),
        ({"opener": "unsafe-none"}, "opener is 'unsafe-none'"),
        ({"resource": "any"}, "resource is 'any'"),
        ({"embedder": "none"}, "embedder is 'none'"),
        ({"clear": ["*"]}, "clear is"),
        ({"clear": "storage"}, "must be a list"),
        ({"permissions": {"camera": ["*"]}}, "permissions for camera has"),
        ({"permissions": {"Camera": []}}, "no feature's name"),
        ({"permissions": {"camera=*, x": []}}, "no feature's name"),
    ],
)
def test_settings_that_mean_nothing_are_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        HeaderPolicy(**settings)


def test_a_route_that_is_no_prefix_is_refused() -> None:
    with pytest.raises(PolicyError, match="routes has"):
        HeaderPolicies(routes={"consultation": HeaderPolicy()})
