from datetime import UTC, datetime
from pathlib import Path

import pytest

from sessionward.session.policies import Policies
from sessionward.session.policy import Policy, PolicyError

TOML = """
[session]
profile = "clinical-workstation"
absolute_lifetime = "10h"

[session.tenant.north]
lock_after = "4m"
concurrent_sessions = "any"

[session.role.nurse]
lock_after = 180

[session.route."/prescriptions"]
lock_after = "90s"
"""


@pytest.mark.parametrize(
    "tenant,role,path,lock_after",
    [
        (None, None, "/", 300),
        ("south", "doctor", "/prescriptions-archive", 300),
        ("north", None, "/", 240),
        ("north", "nurse", "/", 180),
        ("north", "nurse", "/prescriptions", 90),
        (None, None, "/prescriptions/7", 90),
    ],
)
def test_the_nearer_figure_wins(tenant: str | None, role: str | None, path: str, lock_after: float) -> None:
    assert Policies.parse(TOML).resolve(tenant=tenant, role=role, path=path).lock_after == lock_after


def test_what_is_not_set_is_the_profiles() -> None:
    policy = Policies.parse(TOML).resolve(tenant="north", role=None, path="/")
    assert (policy.absolute_lifetime, policy.inactivity_timeout) == (36_000, 3600)
    assert policy.concurrent_sessions is None


def test_without_a_profile_it_is_the_patient_portals() -> None:
    assert Policies.parse("[session]").base == Policy.of("patient-portal")


def test_a_route_can_ask_the_store_each_time() -> None:
    policies = Policies.parse('[session]\n[session.route."/sign"]\nstaleness = 0')
    assert policies.resolve(tenant=None, role=None, path="/sign").staleness == 0
    assert policies.resolve(tenant=None, role=None, path="/").staleness is None


def test_a_lock_can_be_turned_off() -> None:
    policy = Policies.parse('[session]\nprofile = "telehealth"\nlock_after = "never"').base
    assert policy.lock_after is None


def test_the_longest_route_holds() -> None:
    routes = {"/": {"inactivity_timeout": 600.0}, "/a": {"inactivity_timeout": 300.0}}
    policies = Policies(base=Policy.of("patient-portal"), routes=routes)
    found = [
        policies.resolve(tenant=None, role=None, path=path).inactivity_timeout for path in ("/b", "/a/b")
    ]
    assert found == [600, 300]


def test_all_sessions_of_a_tenant_that_began_before_a_moment_end() -> None:
    policies = Policies.parse("[session.tenant.north]\nnot_before = 2026-11-21T09:00:00Z")
    found = [policies.resolve(tenant=name, role=None, path="/").not_before for name in ("north", "south")]
    assert found == [datetime(2026, 11, 21, 9, tzinfo=UTC).timestamp(), 0]


@pytest.mark.parametrize(
    "text,sentence",
    [
        ("", "no table"),
        ("session = 1", "no table"),
        ("[session", "not TOML"),
        ('[session]\nprofile = "ward"', "No profile is called 'ward'"),
        ("[session]\nttl = 1", "session has no ttl"),
        ('[session]\ninactivity_timeout = "soon"', 'must be a duration such as "15m"'),
        ("[session]\ninactivity_timeout = true", "must be a duration"),
        ("[session]\nnot_before = 2026-11-21T09:00:00", "not_before"),
        ("[session]\nconcurrent_sessions = true", "must be a whole number"),
        ("[session]\nrole = 3", r"must hold tables, as in \[session.role.example\]"),
        ('[session.role.nurse]\nlock_after = "20m"', "For role nurse: lock_after"),
        (
            '[session.tenant.a]\nlock_after = "9m"\n[session.role.b]\ninactivity_timeout = "5m"',
            "For tenant a, role b: lock_after",
        ),
        ('[session.route."a"]\nlock_after = 1', "must begin with a slash"),
        ('[session.route."/a"]\nconcurrent_sessions = 1', "/a cannot set concurrent_sessions"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(PolicyError, match=sentence) as caught:
        Policies.parse(text)
    assert "\n" not in str(caught.value)


def test_a_file_is_read_or_the_reason_told(tmp_path: Path) -> None:
    path = tmp_path / "sessionward.toml"
    with pytest.raises(PolicyError, match=r"sessionward\.toml cannot be read"):
        Policies.read(path)
    path.write_text(TOML, encoding="utf-8")
    assert Policies.read(path) == Policies.parse(TOML)


def test_paths_of_one_route_have_one_place_and_no_two_policies_share_one() -> None:
    text = '[session]\n[session.route."/sign"]\nstaleness = 0'
    first, second = Policies.parse(text), Policies.parse(text)
    assert first.place("/sign/1") is first.place("/sign/2")
    assert len({first.place("/"), first.place("/sign"), second.place("/"), second.place("/sign")}) == 4
