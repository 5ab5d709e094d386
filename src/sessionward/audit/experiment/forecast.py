"""Models of bad token generators: counters, clocks, hashes of either, names; fitted to a sample, then asked on.

A text is cut into segments at its punctuation; each segment must be explained by a model, and the models of all of them
together give the candidates. Encodings around the text are opened first and put back at the end.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sessionward.audit.experiment.hashed import hash_model
from sessionward.audit.experiment.numerals import NUMERALS, Numeral
from sessionward.audit.experiment.stamped import stamped
from sessionward.http.layers import Path, exchanged, leaves

LEAST = 4
"""Fewer tokens than these fit anything."""
STEP = 4096
"""A counter that moves on by more between two logins is not told from chance."""
ALIKE = 24
"""So many steps ahead are tried: others may log in meanwhile."""
MOST = 2000
"""So many candidates are made for one login: as many as a thief could try in a minute."""
FEW = 3
"""So many steps of a counter are taken where a clock runs beside it: their combinations are many."""
DRIFT = 1.5
"""Seconds by which a token's time may vary against ours from login to login."""
UNITS = (("seconds", 1), ("milliseconds", 1_000), ("microseconds", 1_000_000), ("nanoseconds", 1_000_000_000))
DAY = 86_400
CUTS = (
    re.compile(r"(?!)"),
    re.compile(r"([^0-9A-Za-z]+)"),
    re.compile(r"([^0-9]+)"),
    re.compile(r"^(\d{10})(?=\d)"),
    re.compile(r"^(\d{13})(?=\d)"),
    re.compile(r"^([0-9a-f]{8})([0-9a-f]{10})(?=[0-9a-f]{6}$)", re.IGNORECASE),
)
"""Not at all; at punctuation; at everything that is no digit, for ``user17n0042``; after a time in seconds or
milliseconds that something follows without punctuation; or as MongoDB makes its ids: seconds, a process, a counter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One login of the sample at one place: the token, when it was made, and the names of whoever logged in."""

    text: str = field(repr=False)
    sent: float
    answered: float
    names: tuple[str, ...] = field(repr=False)


class Model(Protocol):
    """What explains one segment. ``told`` is in words for a reader."""

    @property
    def told(self) -> str:
        """What the segment is."""

    def guesses(self, last: Seen, text: str, when: Seen) -> Iterator[str]:
        """What the next one may be, likeliest first: after ``text``, for a login at the time and with the names of
        ``when`` (its own text is not looked at)."""


Fit = Callable[[Sequence[str], Sequence[Seen]], Model | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """Always the same."""

    text: str
    told: str = ""

    def guesses(self, last: Seen, text: str, when: Seen) -> Iterator[str]:
        """The same again."""
        del last, text, when
        yield self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of whoever logs in."""

    number: int
    told: str = "the name of the account"

    def guesses(self, last: Seen, text: str, when: Seen) -> Iterator[str]:
        """The name."""
        del last, text
        yield when.names[self.number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A number that goes up with each login."""

    numeral: Numeral
    step: int

    @property
    def told(self) -> str:
        """What the segment is."""
        return f"a counter ({self.numeral.name})"

    def guesses(self, last: Seen, text: str, when: Seen) -> Iterator[str]:
        """The next ones."""
        del last, when
        value = self.numeral.read(text) or 0
        for number in range(1, ALIKE + 1):
            yield self.numeral.write(value + number * self.step, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time of the login in some unit: ``low`` to ``high`` seconds after it was sent, or was answered."""

    numeral: Numeral
    unit: str
    scale: int
    low: float
    high: float
    after_answer: bool

    @property
    def told(self) -> str:
        """What the segment is."""
        return f"the time in {self.unit} ({self.numeral.name})"

    def guesses(self, last: Seen, text: str, when: Seen) -> Iterator[str]:
        """Every moment in that time."""
        del last
        base = when.answered if self.after_answer else when.sent
        first, final = int((base + self.low) * self.scale) - 1, int((base + self.high) * self.scale) + 1
        for moment in range(first, min(final, first + MOST) + 1):
            yield self.numeral.write(moment, text)


def constant(texts: Sequence[str], seen: Sequence[Seen]) -> Model | None:
    """The same in all."""
    del seen
    return Constant(text=texts[0]) if len(set(texts)) == 1 else None


def name(texts: Sequence[str], seen: Sequence[Seen]) -> Model | None:
    """A name of the account, as it is written or in small letters."""
    for number in range(len(seen[0].names)):
        if all(text == one.names[number] for text, one in zip(texts, seen, strict=True)):
            return Name(number=number)
    return None


def counter(texts: Sequence[str], seen: Sequence[Seen]) -> Model | None:
    """Numbers that go up by small steps, nearly always by the same."""
    del seen
    for numeral in NUMERALS:
        numbers = [numeral.read(text) for text in texts]
        if any(number is None for number in numbers):
            continue
        known = [number for number in numbers if number is not None]
        steps = [later - former for former, later in itertools.pairwise(known)]
        usual = min(steps)
        if (
            usual > 0
            and max(steps) <= STEP
            and all(step % usual == 0 and step <= usual * ALIKE for step in steps)
        ):
            return Counter(numeral=numeral, step=usual)
    return None


def clock(texts: Sequence[str], seen: Sequence[Seen]) -> Model | None:
    """Numbers that follow our clock, whatever the difference between the two clocks (a day at most)."""
    for numeral, (unit, scale) in itertools.product(NUMERALS, UNITS):
        numbers = [numeral.read(text) for text in texts]
        if any(number is None for number in numbers):
            continue
        known = [(number or 0) / scale for number in numbers]
        spans = [
            [number - (one.answered if after else one.sent) for number, one in zip(known, seen, strict=True)]
            for after in (False, True)
        ]
        narrow = min(spans, key=lambda span: max(span) - min(span))
        if abs(min(narrow)) < DAY and max(narrow) - min(narrow) < DRIFT:
            slack = (max(narrow) - min(narrow)) / 4 if scale > 1 else 1.0
            return Clock(
                numeral=numeral,
                unit=unit,
                scale=scale,
                low=min(narrow) - slack,
                high=max(narrow) + slack,
                after_answer=narrow is spans[1],
            )
    return None


FITS: tuple[Fit, ...] = (constant, name, counter, clock, stamped, hash_model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A generator that explains every token of the sample."""

    path: Path
    models: tuple[Model, ...]
    cut: re.Pattern[str]

    @property
    def told(self) -> str:
        """What the tokens are made of, for a reader."""
        parts = [model.told for model in self.models if model.told]
        wrapped = " in " + ", ".join(step.split()[0] for step in self.path) if self.path else ""
        return " and ".join(dict.fromkeys(parts)) + wrapped

    def candidates(self, last: Seen, when: Seen) -> Iterator[str]:
        """What the next login's token may be, after ``last`` and within the time of ``when``."""
        inner = _text_at(last.text, self.path)
        if inner is None:
            return
        segments = [part for part in self.cut.split(inner) if part]
        if len(segments) != len(self.models):
            return
        each = [list(m.guesses(last, text, when)) for m, text in zip(self.models, segments, strict=True)]
        if any(len(options) > ALIKE for options in each):
            each = [options[:FEW] if len(options) == ALIKE else options for options in each]
        for parts in itertools.islice(_nearest(each), MOST):
            value = exchanged(last.text, {self.path: "".join(parts)})
            if value is not None:
                yield value


def _nearest(each: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Combinations, those of likely parts first: counters and clocks go hand in hand."""
    numbered = itertools.product(*(range(len(options)) for options in each))
    some = itertools.islice(numbered, 20_000)
    for numbers in sorted(some, key=lambda one: (max(one, default=0), sum(one))):
        yield tuple(options[number] for options, number in zip(each, numbers, strict=True))


def forecast(seen: Sequence[Seen]) -> Forecast | None:
    """The generator that explains the sample, at the outermost layer that one explains; None where none does.

    Tokens that are all one and the same are no series: they are static-token's.
    """
    if len(seen) < LEAST or len({one.text for one in seen}) < 2:  # noqa: PLR2004
        return None
    parts = [{leaf.path: leaf.text for leaf in leaves(one.text)} for one in seen]
    for path in [path for path in parts[0] if _encoding(path) and all(path in one for one in parts)]:
        texts = [one[path] for one in parts]
        for cut in CUTS:
            models = _explained(texts, seen, cut)
            if models is not None:
                return Forecast(path=path, models=models, cut=cut)
    return None


def _encoding(path: Path) -> bool:
    return all(step in {"percent", "quoted", "prefix", "base64", "hex"} for step in path)


def _explained(texts: Sequence[str], seen: Sequence[Seen], cut: re.Pattern[str]) -> tuple[Model, ...] | None:
    split = [[part for part in cut.split(text) if part] for text in texts]
    if len({len(parts) for parts in split}) != 1:
        return None
    models = []
    for column in zip(*split, strict=True):
        model = next((found for fit in FITS if (found := fit(column, seen))), None)
        if model is None:
            return None
        models.append(model)
    return tuple(models)


def _text_at(value: str, path: Path) -> str | None:
    return next((leaf.text for leaf in leaves(value) if leaf.path == path), None)
