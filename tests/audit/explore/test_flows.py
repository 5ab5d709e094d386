"""Ways through an app, once found."""

from sessionward.audit.driver import Element
from sessionward.audit.explore.flows import Credentials, Handle, ProfileFlow


def test_a_handle_keeps_what_a_person_sees_and_no_reference() -> None:
    element = Element(ref="9", tag="a", name="Log out", href="/out", landmark="banner", value="x")
    assert Handle.of(element) == Handle(tag="a", name="Log out", href="/out", landmark="banner")


def test_no_secret_stands_in_a_representation() -> None:
    shown = repr(Credentials(username="ana", password="s3cret", totp="JBSWY3DP"))
    assert "s3cret" not in shown
    assert "JBSWY3DP" not in shown
    profile = ProfileFlow(
        url="/", field=Handle(tag="input"), kind="address", private=True, before="1 Long Road"
    )
    assert "1 Long Road" not in repr(profile)
