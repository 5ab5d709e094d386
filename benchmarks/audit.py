"""What one audit of the sound demo costs: time by stage, requests, screens, memory; and a login beside bare Playwright.

    python benchmarks/audit.py [--wait 30s] [--logins 20] [--runs 1]

The demo is served by this process. The audit runs in a process of its own, so that its memory is its own; so do the
logins of both sides, in turns. Memory is the sum of the proportional set sizes of the processes, once a second
(Linux; elsewhere it is left out).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from sessionward.audit.browser import Scope, browser, find_browser
from sessionward.audit.browser.launch import arguments
from sessionward.audit.checks import CHECKS
from sessionward.audit.conduct.conductor import Conductor
from sessionward.audit.events import AuditFinished, Event, Judged, SceneReady, StageStarted
from sessionward.audit.explore.entry import log_in
from sessionward.audit.explore.flows import Credentials, LoginHints
from sessionward.audit.explore.login import find_login
from sessionward.audit.journal import Journal
from sessionward.audit.report import file_reports
from sessionward.cli.demo_audit import INACTIVITY, audit_settings, demo_settings
from sessionward.demo import DEMO_ACCOUNTS, serving_in_thread

WALL_GOAL, REQUESTS_GOAL = 150.0, 3000
"""On two cores that have nothing else to do, with --wait 30s."""
MEGABYTE = 1024
PROC = Path("/proc")


@dataclass(slots=True, kw_only=True)
class Course:
    """One audit as it went. Memory in megabytes, stages in seconds; ``worked`` is processor time in seconds."""

    seconds: float = 0.0
    requests: int = 0
    screens: int = 0
    complete: bool = False
    verdicts: dict[str, int] = field(default_factory=dict)
    stages: dict[str, float] = field(default_factory=dict)
    ours: float = 0.0
    driver: float = 0.0
    browser: float = 0.0
    worked: float = 0.0


def main() -> int:
    """Print the tables. Gives 1 where a goal was missed."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--wait", default="30s", help="longest wait for a session to end (default 30s)")
    options.add_argument(
        "--logins", type=int, default=20, help="logins of each side; 0 for none (default 20)"
    )
    options.add_argument("--runs", type=int, default=1, help="audits, one after another (default 1)")
    options.add_argument("--part", nargs=3, default=None, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.part:
        asyncio.run(PARTS[given.part[0]](*given.part[1:]))
        return 0
    courses = [audited(given.wait) for _ in range(given.runs)]
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    print(f"Audit of the sound demo, --wait {given.wait}; {os.cpu_count()} cores, load {load}\n")
    print_courses(courses)
    if given.logins:
        print_logins(given.logins)
    return int(any(one.seconds > WALL_GOAL or one.requests > REQUESTS_GOAL for one in courses))


def audited(wait: str) -> Course:
    """Audit a fresh demo in a process of its own, and watch it."""
    course, began, stage = Course(), time.monotonic(), "starting"
    with serving_in_thread(demo_settings((), inactivity=INACTIVITY)) as url:
        child = subprocess.Popen(part("audit", url, wait), stdout=subprocess.PIPE, text=True)
        threading.Thread(target=watch, args=(child, course), daemon=True).start()
        since = began
        for line in child.stdout or ():
            told: dict[str, Any] = json.loads(line)
            if "stage" in told:
                now = time.monotonic()
                course.stages[stage] = course.stages.get(stage, 0.0) + now - since
                stage, since = told["stage"], now
            else:
                course.requests = told.get("requests", course.requests)
                course.screens = told.get("screens", course.screens)
                course.complete = told.get("complete", course.complete)
                course.verdicts = told.get("verdicts", course.verdicts)
        child.wait()
    course.seconds = time.monotonic() - began
    course.stages[stage] = course.stages.get(stage, 0.0) + time.monotonic() - since
    return course


def watch(child: subprocess.Popen[str], course: Course) -> None:
    """Look once a second at how much memory the process and all that it started hold, and keep the peaks."""
    worked: dict[int, float] = {}
    while child.poll() is None:
        sums = {"ours": 0.0, "driver": 0.0, "browser": 0.0}
        for pid, name in family(child.pid):
            kind = "ours" if pid == child.pid else "driver" if "node" in name else "browser"
            sums[kind] += held(pid)
            worked[pid] = spent(pid) or worked.get(pid, 0.0)
        course.worked = sum(worked.values())
        for kind, total in sums.items():
            setattr(course, kind, max(getattr(course, kind), total))
        time.sleep(1.0)


def family(root: int) -> list[tuple[int, str]]:
    """A process and all its descendants, with their names."""
    parents: dict[int, tuple[int, str]] = {}
    for entry in PROC.glob("[0-9]*/stat"):
        try:
            name, _, rest = entry.read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue  # it ended meanwhile
        parents[int(entry.parent.name)] = (int(rest.split()[1]), name)
    found = {root}
    while more := {pid for pid, (parent, _) in parents.items() if parent in found} - found:
        found |= more
    return [(pid, parents[pid][1]) for pid in found if pid in parents]


def held(pid: int) -> float:
    """A process's share of memory in megabytes: pages that it shares count by how many share them."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / MEGABYTE for line in lines if line.startswith("Pss:")), 0.0)


def spent(pid: int) -> float:
    """A process's own processor time in seconds, 0 once it is gone."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def part(*words: str) -> list[str]:
    """The command that runs one part of this script in a process of its own."""
    return [sys.executable, str(Path(__file__).resolve()), "--part", *words]


def print_courses(courses: list[Course]) -> None:
    """One row an audit, then its stages."""
    print(
        "| run | wall s | processor s | requests | screens | peak MB ours | its driver | the browser | outcomes |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|--:|---|")
    for number, one in enumerate(courses, 1):
        outcomes = ", ".join(f"{count} {verdict}" for verdict, count in sorted(one.verdicts.items()))
        whole = "" if one.complete else " (broken off)"
        print(
            f"| {number} | {one.seconds:.1f} | {one.worked:.1f} | {one.requests} | {one.screens} | {one.ours:.0f} "
            f"| {one.driver:.0f} | {one.browser:.0f} | {outcomes}{whole} |"
        )
    print(f"| goal | ≤ {WALL_GOAL:.0f} | | ≤ {REQUESTS_GOAL} | | | | | |\n")
    names = list(dict.fromkeys(stage for one in courses for stage in one.stages))
    print(f"| run | {' s | '.join(names)} s |")
    print(f"|--:|{'--:|' * len(names)}")
    for number, one in enumerate(courses, 1):
        print(f"| {number} | {' | '.join(f'{one.stages.get(name, 0.0):.1f}' for name in names)} |")


def print_logins(times: int) -> None:
    """Our logins beside those of a plain script, in turns, against one demo."""
    taken: dict[str, float] = {"bare": 0.0, "ours": 0.0}
    with serving_in_thread(demo_settings(())) as url:
        for _ in range(2):
            for side in ("bare", "ours"):
                done = subprocess.run(
                    part(side, url, str(times // 2 or 1)), stdout=subprocess.PIPE, text=True, check=True
                )
                taken[side] += float(done.stdout)
    each = {side: seconds / (2 * (times // 2 or 1)) for side, seconds in taken.items()}
    print("\n| a login in a fresh browser | ms each |\n|---|--:|")
    print(f"| a plain Playwright script that knows the form | {1000 * each['bare']:.0f} |")
    print(f"| Sessionward, which finds the form and records everything | {1000 * each['ours']:.0f} |")
    print(f"| ratio | {each['ours'] / each['bare']:.2f} |")


async def play_audit(url: str, wait: str) -> None:
    """Audit, and print what happens as lines of JSON."""
    verdicts: dict[str, int] = {}

    def tell(event: Event) -> None:
        told: dict[str, object] = {}
        match event:
            case StageStarted():
                told = {"stage": event.stage}
            case SceneReady():
                told = {"screens": event.coverage.get("screens", 0)}
            case Judged():
                verdict = event.finding.verdict.value
                verdicts[verdict] = verdicts.get(verdict, 0) + 1
            case AuditFinished():
                told = {"requests": event.requests, "complete": event.complete, "verdicts": verdicts}
        if told:
            print(json.dumps(told), flush=True)

    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        reports = file_reports(out, catalogue=CHECKS)
        settings = audit_settings(url, wait=wait, checks=CHECKS, out=out)

        def emit(event: Event) -> None:
            reports(event)
            tell(event)

        async with browser(scope=Scope(start=url)) as driver:
            await Conductor(settings, driver, Journal(out), emit).run()


async def play_ours(url: str, times: str) -> None:
    """Log in so many times as an audit does, and print the seconds."""
    who = Credentials(username=DEMO_ACCOUNTS[0].email, password=DEMO_ACCOUNTS[0].password)
    async with browser(scope=Scope(start=url)) as driver:
        first = await driver.open()
        await first.go(url)
        flow = await find_login(first, url, LoginHints())
        began = time.monotonic()
        for _ in range(int(times)):
            tab = await driver.open()
            entered = await log_in(tab, flow, who, LoginHints(), remember=False)
            if not entered.ok:
                raise SystemExit(entered.reason)
            await tab.close()
        print(time.monotonic() - began)


async def play_bare(url: str, times: str) -> None:
    """Log in so many times as a plain script would, and print the seconds."""
    ana = DEMO_ACCOUNTS[0]
    async with async_playwright() as playwright:
        process = await playwright.chromium.launch(
            executable_path=find_browser(), args=arguments(Scope(start=url))
        )
        began = time.monotonic()
        for _ in range(int(times)):
            context = await process.new_context()
            page = await context.new_page()
            await page.goto(f"{url}/login")
            await page.fill("[name=username]", ana.email)
            await page.fill("[name=password]", ana.password)
            await page.press("[name=password]", "Enter")
            await page.wait_for_url(lambda address: "login" not in address)
            await context.close()
        print(time.monotonic() - began)
        await process.close()


PARTS: dict[str, Callable[[str, str], Coroutine[Any, Any, None]]] = {
    "audit": play_audit,
    "ours": play_ours,
    "bare": play_bare,
}

if __name__ == "__main__":
    sys.exit(main())
