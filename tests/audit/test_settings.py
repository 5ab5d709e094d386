from pathlib import Path

import pytest

from sessionward.audit.config import Account, Config, ConfigError, Login, PolicySettings, Target
from sessionward.audit.settings import hints_of, party_names, people_of, policy_of, rank_of


def account(name: str, role: str = "", **more: str) -> Account:
    return Account(name=name, username=f"{name}@x", password=f"pw-{name}", role=role, **more)


def test_a_profile_gives_what_the_configuration_leaves_open() -> None:
    policy = policy_of(PolicySettings(profile="patient-portal", inactivity_timeout="5m"))
    assert (policy.inactivity_timeout, policy.absolute_lifetime) == (300, 43200)


@pytest.mark.parametrize(
    "settings, says",
    [
        (PolicySettings(profile="spa"), "patient-portal"),
        (PolicySettings(inactivity_timeout="13h"), "contradicts itself"),
        (PolicySettings(inactivity_timeout="0s"), "contradicts itself"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(settings: PolicySettings, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        policy_of(settings)


def test_owner_and_stranger_are_two_of_one_role() -> None:
    people = people_of([account("doc", "doctor"), account("ana", "patient"), account("ben", "patient")], None)
    assert [person.name for person in people] == ["ana", "ben", "doc"]


def test_one_account_is_too_few() -> None:
    with pytest.raises(ConfigError, match="two accounts"):
        people_of([account("ana")], None)


def test_a_totp_that_is_none_is_told_by_account() -> None:
    with pytest.raises(ConfigError, match="totp of account ana"):
        people_of([account("ana", totp="?!"), account("ben")], None)


def test_a_person_never_prints_secrets() -> None:
    (ana, _) = people_of([account("ana", totp="JBSWY3DPEHPK3PXP"), account("ben")], None)
    assert "pw-ana" not in repr(ana)
    assert "JBSW" not in repr(ana)


def test_a_login_script_that_is_missing_is_told(tmp_path: Path) -> None:
    config = Config(target=Target(url="http://localhost"), login=Login(script="login.py"))
    with pytest.raises(ConfigError, match=r"login\.py"):
        hints_of(config, tmp_path)
    (tmp_path / "login.py").write_text("")
    assert hints_of(config, tmp_path).script == str(tmp_path / "login.py")


def parties(*accounts: Account) -> dict[str, str]:
    people = people_of(accounts, None)
    return dict(zip((person.name for person in people), party_names(people), strict=True))


def test_further_accounts_have_their_part_by_role_and_tenant() -> None:
    named = parties(
        account("ana", "patient", tenant="north"),
        account("ben", "patient", tenant="north"),
        account("nia", "patient", tenant="south"),
        account("sid", "doctor", tenant="south"),
        account("ida", "doctor", tenant="north"),
        account("nora", "administrator", tenant="north"),
        account("cy", "patient", tenant="north"),
    )
    assert named == {
        "ana": "owner",
        "ben": "stranger",
        "nia": "neighbour",
        "sid": "account sid",
        "ida": "staff",
        "nora": "administrator",
        "cy": "account cy",
    }


def test_where_the_owner_is_of_the_staff_a_patient_has_no_part() -> None:
    named = parties(account("ida", "doctor"), account("sol", "doctor"), account("ana", "patient"))
    assert named["ana"] == "account ana"


@pytest.mark.parametrize(
    "role, rank",
    [("", 0), ("Patient", 0), ("doctor", 1), ("ward nurse", 1), ("clinic-admin", 2), ("zebra", 1)],
)
def test_the_rank_of_a_role_is_told_by_its_name(role: str, rank: int) -> None:
    assert rank_of(role) == rank
