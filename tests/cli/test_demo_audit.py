import socket
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sessionward.audit.check import Severity
from sessionward.audit.checks import CHECKS
from sessionward.audit.settings import Settings, people_of
from sessionward.cli import demo_audit
from sessionward.cli.demo_audit import audit_demo, audit_settings, demo_settings, serve_demo
from sessionward.cli.exits import Exit, UsageError
from sessionward.demo import DEMO_ACCOUNTS, HAZARDS, Certificate
from sessionward.demo import Settings as DemoSettings


def audited(port: int, out: Path, hazards: tuple[str, ...] = ()) -> Exit:
    return audit_demo(port=port, hazards=hazards, wait="5s", checks=CHECKS, out=out, fail_on=Severity.HIGH)


def test_the_demo_answers_while_it_is_audited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, float]] = []

    def carry_out(settings: Settings, *, fail_on: Severity) -> Exit:
        with urllib.request.urlopen(settings.config.target.url) as answer:  # noqa: S310 — our own address
            seen.append((answer.status, settings.policy.inactivity_timeout))
        return Exit.FINDINGS

    monkeypatch.setattr(demo_audit, "carry_out", carry_out)
    assert audited(0, tmp_path) is Exit.FINDINGS
    assert seen == [(200, demo_audit.INACTIVITY)]


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"cannot listen on port {port}"):
            audited(port, tmp_path)
        with pytest.raises(UsageError, match="choose another --port"):
            serve_demo(port=port, hazards=())


def test_serving_tells_the_address_the_accounts_and_where_mails_arrive(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outboxes: list[Path] = []

    def serve(
        settings: DemoSettings, *, port: int, certificate: Certificate | None, ready: Callable[[str], None]
    ) -> None:
        assert settings.outbox
        assert settings.outbox.is_dir()
        outboxes.append(settings.outbox)
        ready(f"http://127.0.0.1:{port}/")

    monkeypatch.setattr(demo_audit, "serve", serve)
    assert serve_demo(port=8123, hazards=()) is Exit.CLEAN
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8123/" in said
    assert all(account.email in said for account in DEMO_ACCOUNTS)
    assert f"Mails arrive in {outboxes[0]}" in said
    assert not outboxes[0].exists()


def test_by_https_the_demo_is_served_with_a_certificate_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[tuple[str, bool]] = []

    def carry_out(settings: Settings, *, fail_on: Severity) -> Exit:
        seen.append((settings.config.target.url.partition(":")[0], settings.config.target.verify_tls))
        return Exit.CLEAN

    monkeypatch.setattr(demo_audit, "carry_out", carry_out)
    made = audit_demo(
        port=0, hazards=(), https=True, wait="5s", checks=CHECKS, out=tmp_path, fail_on=Severity.HIGH
    )
    assert made is Exit.CLEAN
    assert seen == [("https", False)]


def test_hazards_are_switched_on_by_name_or_all_at_once() -> None:
    clean = demo_settings([])
    assert clean == DemoSettings()
    assert demo_settings([HAZARDS[0].id]) != clean
    assert demo_settings(["all"]) == demo_settings([hazard.id for hazard in HAZARDS])


def test_a_hazard_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="no-such"):
        demo_settings(["no-such"])


def test_timeouts_are_shortened_on_request() -> None:
    settings = demo_settings([], inactivity=12, absolute=60)
    assert (settings.inactivity_timeout, settings.absolute_lifetime) == (
        timedelta(seconds=12),
        timedelta(seconds=60),
    )


def test_the_demo_is_audited_with_its_own_accounts_and_timeouts(tmp_path: Path) -> None:
    found = audit_settings("http://127.0.0.1:1/", wait="30s", checks=CHECKS, out=tmp_path, absolute=60)
    owner, stranger, *_ = people_of(found.config.account, None)
    assert (owner.role, owner.tenant) == (stranger.role, stranger.tenant)
    assert {each.role for each in found.config.account} == {each.role for each in DEMO_ACCOUNTS}
    assert {each.tenant for each in found.config.account} == {each.tenant for each in DEMO_ACCOUNTS}
    assert (found.wait, found.policy.inactivity_timeout, found.policy.absolute_lifetime) == (30, 12, 60)


def test_a_wait_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--wait"):
        audit_settings("http://127.0.0.1:1/", wait="soon", checks=CHECKS, out=tmp_path)


def test_a_store_on_disk_is_told_with_how_its_trail_is_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "demo.db"

    def serve(settings: DemoSettings, *, ready: Callable[[str], None], **_: object) -> None:
        assert settings.store == store
        ready("http://127.0.0.1:8123")

    monkeypatch.setattr(demo_audit, "serve", serve)
    assert serve_demo(port=8123, hazards=(), store=store) is Exit.CLEAN
    assert f"sessionward trail verify --store sqlite:///{store} --tenant north" in capsys.readouterr().out


def test_a_store_that_nothing_would_be_kept_in_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="built by hand"):
        serve_demo(port=0, hazards=["static-token"], store=tmp_path / "demo.db")
    with pytest.raises(UsageError, match="there is no directory"):
        serve_demo(port=0, hazards=(), store=tmp_path / "none" / "demo.db")
