from sessionward.audit.browser.launch import arguments, is_root
from sessionward.audit.browser.scope import Scope

SCOPE = Scope(start="http://127.0.0.1:6000")


def test_the_sandbox_is_given_up_only_as_root() -> None:
    assert "--no-sandbox" in arguments(SCOPE, root=True)
    assert "--no-sandbox" not in arguments(SCOPE, root=False)


def test_who_runs_it_is_found_out_by_default() -> None:
    assert ("--no-sandbox" in arguments(SCOPE)) is is_root()


def test_chromium_resolves_nothing_out_of_scope() -> None:
    rules = next(switch for switch in arguments(SCOPE) if switch.startswith("--host-resolver-rules="))
    assert rules.endswith("MAP * ~NOTFOUND")


def test_a_port_that_browsers_refuse_is_allowed_for_the_target() -> None:
    assert "--explicitly-allowed-ports=6000" in arguments(SCOPE)


def test_each_switch_is_given_once() -> None:
    names = [switch.partition("=")[0] for switch in arguments(SCOPE)]
    assert len(names) == len(set(names))
