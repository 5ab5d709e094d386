"""sessionward demo: serve the demo app, with hazards on request; with --audit, audit it."""

from __future__ import annotations

import argparse
from pathlib import Path

from sessionward.audit.check import Severity
from sessionward.cli.audit import OUT, chosen
from sessionward.cli.exits import Exit

LAST_PORT = 65535
PORT = 8000


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    one = commands.add_parser("demo", help="serve the demo app; with --audit, audit it")
    one.add_argument(
        "--port",
        type=port,
        default=None,
        metavar="N",
        help=f"port on loopback (default {PORT}, with --audit a free one)",
    )
    one.add_argument("--hazards", default="", metavar="A,B", help="defects to switch on, or all")
    one.add_argument("--https", action="store_true", help="by https, with a certificate made on the spot")
    one.add_argument(
        "--store",
        type=Path,
        default=None,
        metavar="FILE",
        help="keep sessions and their trail in this SQLite file (default: in memory)",
    )
    one.add_argument("--audit", action="store_true", help="audit it and stop")
    one.add_argument("--wait", default="30s", metavar="TIME", help="with --audit: longest wait (default 30s)")
    one.add_argument("--checks", default="", metavar="A,B", help="with --audit: only these checks")
    one.add_argument(
        "--out", type=Path, default=OUT, metavar="DIR", help="with --audit: where the report goes"
    )
    one.set_defaults(run=run)


def port(text: str) -> int:
    """A port number. Raises ArgumentTypeError."""
    if not text.isdecimal() or int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"“{text}” is no port; give a number from 0 to {LAST_PORT}")
    return int(text)


def run(options: argparse.Namespace) -> Exit:
    """Serve until stopped, or audit."""
    from sessionward.cli.demo_audit import audit_demo, serve_demo

    hazards = [name.strip() for name in options.hazards.split(",") if name.strip()]
    if options.audit:
        return audit_demo(
            port=options.port or 0,
            hazards=hazards,
            https=options.https,
            wait=options.wait,
            checks=chosen(options.checks, ""),
            out=options.out,
            fail_on=Severity.HIGH,
        )
    return serve_demo(
        port=PORT if options.port is None else options.port,
        hazards=hazards,
        https=options.https,
        store=options.store,
    )
