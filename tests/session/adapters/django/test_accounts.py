import re
from threading import get_ident
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpRequest
from django.test import AsyncClient, Client, override_settings

from sessionward.django import end_user, visit
from sessionward.phones import Verifier, access_token_hash
from sessionward.session.adapters.django.configuration import configured
from sessionward.session.adapters.visit import Visit
from sessionward.session.result import Creation
from sessionward.session.state import Reason, Record, Session, Subject
from sessionward.session.stores.drive import drive
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.trail import Happening, TrailEvent
from tests.session.adapters.django_people import PASSWORD, holding, logged_in, token, user, who
from tests.session.adapters.django_site import COOKIE, PLACE, start_anew
from tests.session.dpop.phone import proof

NEW = "battery staple"


def reasons() -> list[tuple[Happening, Reason | None]]:
    entries = PLACE.store.audit_since("default", 0, limit=100)
    return [(found.what, found.reason) for found in (TrailEvent.decode(entry.content) for entry in entries)]


def test_a_subject_is_the_users_key_in_their_tenant() -> None:
    ana = user("ana@north")
    seen = logged_in("ana@north").get("/me").json()
    assert (seen["tenant"], seen["state"]) == ("north", "active")
    assert PLACE.store.list(Subject(tenant="north", id=str(ana.pk)), now=PLACE.now)
    assert not PLACE.store.list(Subject(tenant="default", id=str(ana.pk)), now=PLACE.now)


def test_somebody_elses_login_takes_nothing_over() -> None:
    user()
    user("ben")
    browser = logged_in()
    browser.post("/put/diagnosis")
    before = token(browser)
    browser.post("/login", {"name": "ben", "password": PASSWORD})
    seen = browser.get("/me").json()
    assert (seen["who"], seen["data"]) == ("ben", {})
    assert who(holding(before)) == ""


def test_a_second_login_of_the_same_user_ends_the_session_before() -> None:
    user()
    browser = logged_in()
    before = token(browser)
    browser.post("/login", {"name": "ana", "password": PASSWORD})
    assert who(browser) == "ana"
    assert who(holding(before)) == ""


def test_djangos_password_change_ends_the_other_sessions_and_renews_this_one() -> None:
    user()
    here, elsewhere = logged_in(), logged_in()
    before = token(here)
    answer = here.post("/password", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert answer.status_code == 302
    assert (who(here), who(elsewhere)) == ("ana", "")
    assert token(here) != before
    assert elsewhere.get("/me").json()["state"] == "terminated"
    assert (Happening.ALL_ENDED, Reason.PASSWORD_CHANGE) in reasons()


def test_djangos_password_reset_ends_all_sessions() -> None:
    user(email="ana@example.org")
    browser = logged_in()
    Client().post("/forgotten", {"email": "ana@example.org"})
    link = re.search(r"/reset/\S+", str(mail.outbox[-1].body))
    assert link is not None
    visitor = Client()
    page = visitor.get(link[0], follow=True)
    visitor.post(page.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    assert browser.get("/me").json()["state"] == "terminated"
    assert (Happening.ALL_ENDED, Reason.PASSWORD_RESET) in reasons()
    assert who(logged_in(password=NEW)) == "ana"


def test_a_password_that_the_admin_pages_set_ends_the_users_sessions_and_not_the_admins() -> None:
    ana = user()
    user("root", is_staff=True, is_superuser=True)
    browser, admin = logged_in(), logged_in("root")
    answer = admin.post(f"/admin/auth/user/{ana.pk}/password/", {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert browser.get("/me").json()["state"] == "terminated"
    assert who(admin) == "root"


def test_a_password_that_was_set_in_a_shell_ends_the_users_sessions() -> None:
    ana = user()
    browser = logged_in()
    ana.set_password(NEW)
    ana.save()
    assert browser.get("/me").json()["state"] == "terminated"


def test_what_is_rolled_back_ends_nothing() -> None:
    ana = user()
    browser = logged_in()

    def change_and_fail() -> None:
        with transaction.atomic():
            ana.set_password(NEW)
            ana.save()
            raise LookupError

    with pytest.raises(LookupError):
        change_and_fail()
    assert who(browser) == "ana"


def test_a_password_set_past_the_models_still_shuts_the_sessions_out() -> None:
    ana = user()
    browser = logged_in()
    ana.set_password(NEW)
    User.objects.filter(pk=ana.pk).update(password=ana.password)
    assert who(browser) == ""


def test_a_user_who_is_disabled_or_deleted_has_no_session_left() -> None:
    user()
    ben = user("ben")
    user("root", is_staff=True, is_superuser=True)
    first, second, admin = logged_in(), logged_in("ben"), logged_in("root")
    admin.post("/disable/ana")
    ben.delete()
    assert [each.get("/me").json()["state"] for each in (first, second)] == ["terminated"] * 2
    assert (Happening.ALL_ENDED, Reason.DISABLED) in reasons()


def test_whoever_disables_themself_is_out() -> None:
    user()
    browser = logged_in()
    browser.post("/disable/ana")
    assert browser.get("/me").json()["state"] == "terminated"


@pytest.mark.parametrize("change", ["groups", "members", "clear", "permission", "flag"])
def test_whoever_gets_other_privileges_logs_in_anew(change: str) -> None:
    ana = user()
    nurses: Any = Group.objects.get_or_create(name="nurses")[0]
    if change == "clear":
        nurses.user_set.add(ana)
    browser = logged_in()
    match change:
        case "groups":
            ana.groups.add(nurses)
        case "members":
            nurses.user_set.add(ana)
        case "clear":
            nurses.user_set.clear()
        case "permission":
            ana.user_permissions.add(Permission.objects.all()[0])
        case _:
            ana.is_staff = True
            ana.save()
    assert browser.get("/me").json()["state"] == "terminated"


def test_whoever_changes_their_own_privileges_stays_with_a_new_token_and_is_out_elsewhere() -> None:
    user()
    here, elsewhere = logged_in(), logged_in()
    before = token(here)
    assert here.post("/join/nurses").status_code == 200
    assert token(here) != before
    assert (who(here), who(elsewhere)) == ("ana", "")


def test_what_says_nothing_of_privileges_ends_nothing() -> None:
    ana = user()
    browser = logged_in()
    ana.first_name = "Ana"
    ana.save()
    ana.groups.set([])
    assert who(browser) == "ana"


def test_a_first_factor_logs_nobody_in_and_the_second_does() -> None:
    user()
    browser = Client()
    browser.post("/first", {"name": "ana", "password": PASSWORD})
    seen = browser.get("/me").json()
    assert (seen["who"], seen["state"], seen["locked_user"]) == ("", "pending", "ana")
    before = token(browser)
    browser.post("/second/ana")
    assert (who(browser), who(holding(before))) == ("ana", "")


def test_data_that_names_a_user_without_a_login_is_refused_and_opens_nothing() -> None:
    user()
    browser = Client(raise_request_exception=False)
    assert browser.post("/impersonate/ana").status_code == 500
    assert who(browser) == ""


def test_data_in_the_store_that_names_another_user_than_the_record_names_nobody() -> None:
    user()
    ben = user("ben")
    browser = Client(raise_request_exception=False)
    browser.post("/login", {"name": "ana", "password": PASSWORD})
    assert browser.post("/impersonate/ben").status_code == 500
    assert ben.pk is not None
    assert who(browser) == "ana"


def test_an_administrator_ends_all_of_somebodys_sessions() -> None:
    ana = user()
    browsers = [logged_in(), logged_in()]
    end_user(ana)
    assert [each.get("/me").json()["state"] for each in browsers] == ["terminated"] * 2


def test_djangos_test_client_logs_in_and_out() -> None:
    ana = user()
    browser = Client()
    assert browser.login(username="ana", password=PASSWORD)
    assert who(browser) == "ana"
    forced = Client()
    forced.force_login(ana)
    assert who(forced) == "ana"
    held = token(forced)
    forced.logout()
    assert COOKIE not in forced.cookies
    assert who(holding(held)) == ""


def test_a_request_without_a_session_of_ours_is_told_what_is_missing() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"sessionward\.django\.SessionMiddleware"):
        visit(HttpRequest())


async def test_the_store_is_asked_where_the_request_is_awaited() -> None:
    threads: set[int] = set()

    class Watched(MemoryStore):
        """A store that knows on which threads it was read."""

        def get(self, digest: bytes) -> Session:
            threads.add(get_ident())
            return super().get(digest)

    PLACE.store = Watched()
    start_anew()
    await _made()
    browser = AsyncClient()
    await browser.post("/alogin", {"name": "ana", "password": PASSWORD})
    threads.clear()
    assert (await browser.get("/ame")).json()["who"] == "ana"
    assert threads == {get_ident()}


async def test_views_that_await_log_in_and_out() -> None:
    await _made()
    browser = AsyncClient()
    answer: Any = await browser.post("/alogin", {"name": "ana", "password": PASSWORD})
    assert answer.status_code == 200
    held = browser.cookies[COOKIE].value
    seen = [(await browser.get("/ame")).json() for _ in range(2)]
    assert seen == [{"who": "ana", "seen": 0}, {"who": "ana", "seen": 1}]
    await browser.post("/alogout")
    again = AsyncClient()
    again.cookies[COOKIE] = held
    assert (await again.get("/ame")).json()["who"] == ""


async def _made() -> User:
    return await User.objects.acreate_user("ana", password=PASSWORD)


def test_a_phone_logs_in_with_a_pair_of_tokens_and_gets_no_cookie() -> None:
    user()
    phone = Client(enforce_csrf_checks=True)
    answer = phone.post("/phone", {"name": "ana", "password": PASSWORD})
    assert COOKIE not in answer.cookies
    bearer = {"authorization": f"Bearer {answer.json()['access_token']}"}
    assert phone.post("/guarded/a", headers=bearer).status_code == 200
    seen = phone.get("/me", headers=bearer).json()
    assert (seen["who"], seen["data"]) == ("ana", {"a": "x"})
    assert who(phone) == ""


def test_a_refresh_token_is_used_once_and_then_tells_of_a_theft() -> None:
    user()
    phone = Client()
    first = phone.post("/phone", {"name": "ana", "password": PASSWORD}).json()
    second = phone.post("/refresh", {"refresh_token": first["refresh_token"]}).json()
    bearer = {"authorization": f"Bearer {second['access_token']}"}
    assert phone.get("/me", headers=bearer).json()["who"] == "ana"
    PLACE.now += 60
    assert phone.post("/refresh", {"refresh_token": first["refresh_token"]}).status_code == 403
    assert phone.get("/me", headers=bearer).json()["who"] == ""


def test_a_phones_session_is_bound_to_the_key_that_was_proved_at_the_login() -> None:
    user()
    said = {**settings.SESSIONWARD, "dpop": Verifier("https://clinic.example")}
    with override_settings(SESSIONWARD=said):
        phone = Client()

        def proved(method: str, path: str, alg: str = "ES256", **claims: object) -> str:
            where = {"htm": method, "htu": f"https://clinic.example{path}", "iat": int(PLACE.now)}
            return proof(alg, jti=f"{alg}{path}", **where, **claims)

        headers = {"dpop": proved("POST", "/phone")}
        pair = phone.post("/phone", {"name": "ana", "password": PASSWORD}, headers=headers).json()
        token = pair["access_token"]
        bearer, ath = {"authorization": f"DPoP {token}"}, access_token_hash(token)
        right = {**bearer, "dpop": proved("GET", "/me", ath=ath)}
        assert phone.get("/me", headers=right).json()["who"] == "ana"
        for wrong in (bearer, right, {**bearer, "dpop": proved("GET", "/me", "Ed25519", ath=ath)}):
            refused = phone.get("/me", headers=wrong)
            assert refused.json()["who"] == ""
            assert refused.headers["www-authenticate"].startswith("DPoP error=")
    assert phone.get("/me", headers=bearer).json()["who"] == "", (
        "an app that judges no proofs opens it to nobody"
    )


def test_a_phones_login_whose_proof_does_not_hold_is_refused_and_told_why() -> None:
    user()
    said = {**settings.SESSIONWARD, "dpop": Verifier("https://clinic.example")}
    with override_settings(SESSIONWARD=said):
        named = {"name": "ana", "password": PASSWORD}
        answer = Client(raise_request_exception=False).post("/phone", named, headers={"dpop": "x"})
        assert answer.status_code == 403
        assert answer.headers["www-authenticate"].startswith("DPoP error=")
        browser = logged_in()
        assert browser.post("/phone", named, headers={"dpop": "x"}).status_code == 403
        assert who(browser) == "ana"


@pytest.mark.parametrize("path", ["/login", "/phone"])
def test_a_login_that_meets_the_end_of_everybody_is_refused_and_names_nobody(path: str) -> None:
    class Ending(MemoryStore):
        def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
            self.end_all(None, reason=Reason.ADMINISTRATOR, at=now)
            return super().create(record, limit=limit, now=now)

    user()
    PLACE.store = Ending()
    start_anew()
    browser = Client(raise_request_exception=False)
    answer = browser.post(path, {"name": "ana", "password": PASSWORD})
    assert (answer.status_code, COOKIE in answer.cookies) == (403, False)
    assert who(browser) == ""


def test_a_session_that_another_app_bound_to_a_key_is_open_to_nobody() -> None:
    ana = user()
    elsewhere = Visit(configured().keeper, None, "/")
    subject = Subject(tenant="default", id=str(ana.pk))
    drive(
        PLACE.store,
        elsewhere.login(subject, role=None, method="password", epoch=None, bearer=True, device_key="key"),
    )
    stolen = {"authorization": f"Bearer {elsewhere.pair().access_token}"}
    assert Client().get("/me", headers=stolen).json()["state"] == "anonymous"


def test_a_form_without_djangos_token_is_refused_where_a_cookie_came() -> None:
    user()
    browser = logged_in()
    browser.handler.enforce_csrf_checks = True
    assert browser.post("/guarded/a").status_code == 403
