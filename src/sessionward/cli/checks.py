"""sessionward checks [NAME]: list the checks, or explain one."""

from __future__ import annotations

import argparse

from sessionward.audit.check import Check
from sessionward.audit.checks import CHECKS
from sessionward.cli.exits import Exit, UsageError
from sessionward.standards import requirement


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    one = commands.add_parser("checks", help="list the checks, or explain one")
    one.add_argument("name", nargs="?", default="", metavar="NAME")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> Exit:
    """Print the list or the page."""
    if not options.name:
        width = max(len(check.id) for check in CHECKS)
        for check in CHECKS:
            print(f"{check.id:<{width}}  {check.severity:<8}  {check.title}")
        return Exit.CLEAN
    found = next((check for check in CHECKS if check.id == options.name), None)
    if found is None:
        msg = f"there is no check “{options.name}”; see “sessionward checks” for all of them."
        raise UsageError(msg)
    print("\n".join(explained(found)))
    return Exit.CLEAN


def explained(check: Check) -> tuple[str, ...]:
    """One check as lines of text."""
    upsets = ", ".join(sorted(check.disturbs)) or "nothing"
    standards = [
        f"  {one.id}: {one.title} <{one.link}>" for one in (requirement(name) for name in check.requirements)
    ]
    return (
        f"{check.id} ({check.family}, {check.severity})",
        check.title,
        "",
        f"Why:    {check.why}",
        f"Proof:  {check.proof}",
        f"Fix:    {check.fix}",
        f"Upsets: {upsets}",
        f"Set off by: {', '.join(check.personas)}",
        "Standards:",
        *standards,
    )
