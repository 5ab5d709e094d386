"""sessionward trail …: read the audit trails of tenants."""

from __future__ import annotations

import argparse

from sessionward.cli import trail_anchor, trail_export, trail_tail, trail_verify

COMMANDS = (trail_verify, trail_anchor, trail_export, trail_tail)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    group = commands.add_parser("trail", help="verify, anchor, export or show a tenant's audit trail")
    inner = group.add_subparsers(dest="trail_command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(inner)
