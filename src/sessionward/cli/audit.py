"""sessionward audit URL: audit a running app and write the report."""

from __future__ import annotations

import argparse
from pathlib import Path

from sessionward.audit.check import Check, Severity
from sessionward.audit.checks import CHECKS
from sessionward.audit.config import Config, ConfigError, parse_config, read_config, seconds
from sessionward.audit.settings import Settings, hints_of, mails_of, policy_of
from sessionward.cli.baseline import known_findings
from sessionward.cli.carry_out import carry_out
from sessionward.cli.exits import NOTHING, Exit, UsageError

CONFIG = Path("sessionward.toml")
OUT = Path("sessionward-report")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    one = commands.add_parser("audit", help="audit a running app and write the report")
    one.add_argument(
        "url", nargs="?", default="", metavar="URL", help="the start address (or url under [target])"
    )
    one.add_argument(
        "--config", type=Path, default=None, metavar="FILE", help=f"default: {CONFIG} if it is there"
    )
    one.add_argument("--profile", default="", metavar="NAME", help="policy profile, over the configuration's")
    one.add_argument(
        "--wait", default="60s", metavar="TIME", help="longest wait for a session to end (default 60s)"
    )
    one.add_argument(
        "--budget", default="10m", metavar="TIME", help="longest time for the whole audit (default 10m)"
    )
    one.add_argument("--checks", default="", metavar="A,B", help="only these checks")
    one.add_argument("--personas", default="", metavar="A,B", help="only what these kinds of people set off")
    one.add_argument(
        "--out", type=Path, default=OUT, metavar="DIR", help=f"where the report goes (default {OUT})"
    )
    one.add_argument(
        "--fail-on", default="high", choices=[s.value for s in Severity], help="exit 1 from this severity on"
    )
    one.add_argument(
        "--baseline", type=Path, default=None, metavar="FILE", help="a report.json whose findings are known"
    )
    one.add_argument("--seed", type=int, default=0, metavar="N", help="same seed, same run (default 0)")
    one.add_argument("--headed", action="store_true", help="show the browser")
    one.add_argument("--plan", action="store_true", help="say what would be changed, and change nothing")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> Exit:
    """Audit as the options say."""
    try:
        settings = settings_of(options)
    except ConfigError as error:
        raise UsageError(str(error)) from None
    known = known_findings(options.baseline) if options.baseline else NOTHING
    return carry_out(settings, fail_on=Severity(options.fail_on), known=known)


def settings_of(options: argparse.Namespace) -> Settings:
    """The configuration and the options made one. Raises ConfigError and UsageError."""
    path: Path = options.config or CONFIG
    config = _config(path, options)
    policy = config.policy
    base = path.resolve().parent
    wait, budget = seconds(options.wait, where="--wait"), seconds(options.budget, where="--budget")
    if wait >= budget:
        msg = f"a --wait of {options.wait} does not fit into a --budget of {options.budget}; give the whole more time."
        raise UsageError(msg)
    if options.profile:
        policy = type(policy)(profile=options.profile)
    return Settings(
        config=config,
        checks=chosen(options.checks, options.personas),
        out=options.out,
        policy=policy_of(policy),
        wait=wait,
        budget=budget,
        seed=options.seed,
        headed=options.headed,
        plan=options.plan,
        hints=hints_of(config, base),
        mails=mails_of(config, base),
        source=path.resolve() if path.exists() else None,
    )


def _config(path: Path, options: argparse.Namespace) -> Config:
    if options.config is None and not path.exists():
        return parse_config("", where="the command line", url=options.url)
    return read_config(path, url=options.url)


def chosen(names: str, personas: str) -> tuple[Check, ...]:
    """The checks that are asked for. Raises UsageError for a name that is none."""
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    kinds = [name.strip() for name in personas.split(",") if name.strip()]
    known = {check.id for check in CHECKS}
    people = {persona for check in CHECKS for persona in check.personas}
    for given, there, what in ((wanted, known, "check"), (kinds, people, "persona")):
        for name in given:
            if name not in there:
                msg = f"there is no {what} “{name}”; the {what}s are {', '.join(sorted(there))}."
                raise UsageError(msg)
    found = [
        check
        for check in CHECKS
        if (not wanted or check.id in wanted) and (not kinds or set(kinds) & set(check.personas))
    ]
    if not found:
        msg = "no check is left: none of the checks named is set off by the personas named."
        raise UsageError(msg)
    return tuple(found)
