"""Which session layers hold against five interleavings that cost people their accounts or their data.

    python -m benchmarks.battery

Peers, installed for this script alone: starsessions, flask-session, cachelib. Those and ours are asked by the same
requests, each on its own app of a few routes, written as its documentation shows. The order of events is forced: a
request is held up right before the last thing it writes, others run meanwhile, and it is let go. So a verdict says
what can happen, not how often.

adoption      a browser logs in with a token that somebody chose: does that token open the account?
fixation      somebody gets a token from the app before the login and plants it: does it open the account afterwards?
resurrection  a request is under way while the session is logged out: does it bring the session back?
lost update   two requests of one session write different values: are both there afterwards?
renewal race  a request is under way while the token is renewed: is it served, does the person stay logged in, and is
              the old token of no use a minute later?
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import util
from pathlib import Path

from benchmarks.battery_asgi import asgi_apps
from benchmarks.battery_parts import PATIENCE, Answer, App, Gate
from benchmarks.battery_wsgi import wsgi_apps
from benchmarks.session import prepare
from benchmarks.session_places import postgres, redis

Opening = Callable[[Gate], AbstractContextManager[App]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether an app held, and what was seen."""

    held: bool
    seen: str


def under_way(app: App, gate: Gate, path: str, token: str, meanwhile: Callable[[], object]) -> Answer:
    """The answer to a request that is held up right before it writes, while `meanwhile` happens."""
    gate.arm()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(app.ask, path, token)
        try:
            if not gate.entered.wait(PATIENCE):
                raise SystemExit(f"{app.name}: {path} never came to write anything.")
            meanwhile()
        finally:
            gate.go_on.set()
        return asked.result(PATIENCE)


def adoption(app: App, gate: Gate) -> Verdict:
    """Log in with a chosen token."""
    app.ask("/login", app.chosen)
    who = app.who(app.chosen)
    return Verdict(held=who is None, seen=f"the chosen token shows {who or 'nobody'}")


def fixation(app: App, gate: Gate) -> Verdict:
    """Log in with a token that the app gave to somebody else."""
    planted = app.token_of(app.ask("/set/basket/1", ""))
    app.ask("/login", planted)
    who = app.who(planted)
    return Verdict(held=who is None, seen=f"the planted token shows {who or 'nobody'}")


def resurrection(app: App, gate: Gate) -> Verdict:
    """Log out while a request is under way."""
    token = app.token_of(app.ask("/login", ""))
    answer = under_way(app, gate, "/set/a/1", token, lambda: app.ask("/logout", token))
    who = app.who(token)
    return Verdict(
        held=who is None,
        seen=f"the request was answered {answer.status}, the token then shows {who or 'nobody'}",
    )


def lost_update(app: App, gate: Gate) -> Verdict:
    """Write a value while another request is about to write another."""
    token = app.token_of(app.ask("/login", ""))
    answer = under_way(app, gate, "/set/a/1", token, lambda: app.ask("/set/b/2", token))
    data = app.ask("/me", token).body["data"]
    both = {"a": data.get("a"), "b": data.get("b")} == {"a": "1", "b": "2"}
    told = answer.status >= 400  # noqa: PLR2004 - whoever is told can try again
    return Verdict(
        held=both or told, seen=f"answered {answer.status}, then there is {sorted(set(data) & {'a', 'b'})}"
    )


def renewal_race(app: App, gate: Gate) -> Verdict:
    """Renew the token while a request is under way, as a browser does that keeps whatever it was handed last."""
    old = app.token_of(app.ask("/login", ""))
    renewed: list[str] = []
    answer = under_way(
        app, gate, "/set/a/1", old, lambda: renewed.append(app.token_of(app.ask("/renew", old)))
    )
    browser = answer.token if answer.token is not None else renewed[0]
    served = answer.status < 400  # noqa: PLR2004 - an error page where the page's part should be
    stays = app.who(browser) is not None
    app.later()
    opens = app.who(old) is not None
    seen = (
        f"the request was answered {answer.status}, the person {'stays' if stays else 'is no longer'} logged in, "
        f"the old token {'still opens the account' if opens else 'opens nothing'}"
    )
    return Verdict(held=served and stays and not opens, seen=seen)


BATTERY = (adoption, fixation, resurrection, lost_update, renewal_race)


def main() -> None:
    """Run the battery, print the table, and a line for each verdict."""
    logging.disable(logging.CRITICAL)  # an answer that was refused is a verdict, and no news
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sessionward-battery-")))
        places = {
            "directory": str(directory),
            "redis": stack.enter_context(redis()),
            "postgres": stack.enter_context(postgres(directory)),
        }
        prepare(places["postgres"])
        apps = {**asgi_apps(places), **wsgi_apps(places)}
        verdicts = {name: tuple(run(opening)) for name, opening in apps.items() if possible(name)}
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n")
    print("\n".join(table(verdicts)))


def possible(name: str) -> bool:
    """Whether the peer is here."""
    needed = {"starsessions": "starsessions", "flask-session": "flask_session"}
    return all(util.find_spec(module) is not None for word, module in needed.items() if word in name)


def run(opening: Opening) -> Iterator[Verdict]:
    """The verdicts, each on an app that was opened anew."""
    for experiment in BATTERY:
        gate = Gate()
        with opening(gate) as app:
            yield experiment(app, gate)


def table(verdicts: Mapping[str, Sequence[Verdict]]) -> Iterator[str]:
    """The table, and what was seen."""
    names = [experiment.__name__.replace("_", " ") for experiment in BATTERY]
    yield f"| sessions | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for name, found in verdicts.items():
        yield f"| {name} | {' | '.join('held' if one.held else '**broken**' for one in found)} |"
    yield ""
    for name, found in verdicts.items():
        for experiment, one in zip(names, found, strict=True):
            yield f"- {name}, {experiment}: {one.seen}."


if __name__ == "__main__":
    main()
