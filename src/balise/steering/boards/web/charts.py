"""The pictures of a board, drawn by the drawer and kept in this process.

A picture depends on its figures and language alone, so it is drawn once. No page waits for it: what
is not ready comes a moment later, and where the drawer does not answer, the table and the sentence
stand without a picture.
"""

import atexit
import json
import logging
import os
import select
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from balise.foundation.statistics.boards import Form
from balise.foundation.statistics.quantities import Quantity
from balise.steering.boards.rules.readings import Reading
from balise.steering.indicators.rules.values import Compared
from balise.steering.rules.numbers import number_words, percent_words

log = logging.getLogger("balise.steering")

ANSWERS_WITHIN: Final = 15.0  # seconds, a cold start included
TRIES_AGAIN_AFTER: Final = 60.0  # seconds after a chart that could not be drawn
KEPT: Final = 400  # pictures, about 10 kB each
_LOCALES: Final = {"fr": "fr-FR", "en": "en-GB", "de": "de-DE", "nl": "nl-NL"}
_BY_DAY_AXIS: Final = 62  # days that an axis names by their day
_DOTS: Final = 31
_LABEL: Final = 35  # letters of a label's line
_COMMAND: Final = (sys.executable, "-m", "balise.steering.boards.web.drawer")

type Chart = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of one figure: none where there is nothing to draw; some may still come."""

    ready: list[SafeString]
    are_coming: bool


def pictures(readings: Sequence[Reading], *, is_compared: bool = True) -> list[Pictures]:
    """Return the pictures of each reading that are ready; what is missing is being drawn.

    A series has a wide and a narrow one, of which the style sheet shows one.
    """
    charts = [charts_of(reading, is_compared=is_compared) for reading in readings]
    drawn = iter(DRAWER.ready([chart for each in charts for chart in each], locale=_locale()))
    found = []
    for each in charts:
        svgs = [next(drawn) for _chart in each]
        ready = [mark_safe(svg) for svg in svgs if svg]  # noqa: S308 - our own drawer's
        are_whole = len(ready) == len(each)
        found.append(Pictures(ready if are_whole else [], are_coming=None in svgs))
    return found


def charts_of(reading: Reading, *, is_compared: bool = True) -> list[Chart]:
    """Return what to draw of a reading, as the drawer takes it."""
    if not (reading.number or reading.before):
        return []
    match reading.figure.form:
        case Form.DAYS if len(reading.points) > 1:
            return [
                _days(reading, width=680, height=220, ticks=8) | {"compared": is_compared},
                _days(reading, width=285, height=180, ticks=3) | {"compared": is_compared},
            ]
        case Form.CODES | Form.SPANS:
            return [_bars(reading) | {"compared": is_compared}]
    return []


def columns(one: Compared, *, names: Sequence[str], compact: bool = False) -> tuple[Chart, ...]:
    """Return the columns of an indicator's steps, wide and narrow, or small; none of one step.

    `names` are those of its steps, short enough for an axis.
    """
    steps = one.now.steps
    other = one.before.steps if one.before else ()
    if len(steps) < 2 or not any(step.quantity for step in steps):  # noqa: PLR2004 - one is no series
        return ()
    drawn = [
        {
            "label": names[place],
            "now": _number(step.quantity),
            "before": _number(other[place].quantity) if place < len(other) else None,
            "partial": place == len(steps) - 1 and one.now.is_partial,
        }
        for place, step in enumerate(steps)
    ]
    language = (get_language() or "en")[:2]
    breaks = [
        {"step": place, "name": each.name.get(language, each.name["en"])}
        for each in one.now.breaks
        for place, step in enumerate(steps)
        if each.on in step.period
    ]
    sizes = ((230, 90),) if compact else ((640, 200), (285, 180))
    return tuple(
        {
            "kind": "columns",
            "columns": drawn,
            "breaks": [] if compact else breaks,
            "compared": bool(other) and not compact,
            "width": width,
            "height": height,
        }
        for width, height in sizes
    )


def drawn(charts: Sequence[Chart]) -> Pictures:
    """Return the pictures of some charts that are ready; what is missing is being drawn."""
    svgs = DRAWER.ready(charts, locale=_locale())
    ready = [mark_safe(svg) for svg in svgs if svg]  # noqa: S308 - our own drawer's
    return Pictures(ready if len(ready) == len(charts) else [], are_coming=None in svgs)


def _number(quantity: Quantity | None) -> float | None:
    return None if quantity is None else float(quantity.value)


def _days(reading: Reading, *, width: int, height: int, ticks: int) -> Chart:
    by_day = not reading.by_month and len(reading.points) <= _BY_DAY_AXIS
    return {
        "kind": "days",
        "points": [(point.day.isoformat(), point.number, point.before) for point in reading.points],
        "axis": "%-d %b" if by_day else "%b %Y",
        "ticks": ticks,
        "dots": _DOTS,
        "width": width,
        "height": height,
    }


def _bars(reading: Reading) -> Chart:
    return {
        "kind": "bars",
        "bars": [
            {
                "label": wrap(row.label, _LABEL) or [""],
                "now": row.number or 0,
                "before": row.before or 0,
                "says": _bar_words(row.number, reading.number),
            }
            for row in reading.rows
            if row.number or row.before or row.code
        ],
        "width": 340,
    }


def _bar_words(number: int | None, whole: int | None) -> str:
    words = number_words(number)
    return f"{words} · {percent_words(number, whole)}" if number else words


def _locale() -> str:
    language = (get_language() or "").partition("-")[0]
    return _LOCALES.get(language, "en-GB")


class Drawer:
    """The drawing process of this one: started when first needed, and again if it went.

    A thread waits for it, so that no page does: one asks for what is ready, and comes back.
    """

    def __init__(self, command: Sequence[str] = _COMMAND) -> None:
        self._command = command
        self._state = threading.Lock()
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._failed: dict[str, float] = {}
        self._waiting: dict[str, tuple[str, Chart]] = {}
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def ready(self, charts: Sequence[Chart], *, locale: str) -> list[str | None]:
        """Return the SVG of each chart at once: None while it is being drawn, "" if it failed."""
        keys = [f"{locale} {json.dumps(chart, sort_keys=True)}" for chart in charts]
        now = time.monotonic()
        with self._state:
            for key, chart in zip(keys, charts, strict=True):
                if key in self._kept:
                    self._kept.move_to_end(key)
                elif self._failed.get(key, 0.0) < now:
                    self._waiting.setdefault(key, (locale, chart))
            if self._waiting and self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True, name="drawer")
                self._thread.start()
            return [self._kept.get(key, None if key in self._waiting else "") for key in keys]

    def finish(self) -> None:
        """Wait until nothing is being drawn any more."""
        while (thread := self._thread) is not None:
            thread.join()

    def stop(self) -> None:
        """End the process, if it runs."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.kill()
        process.wait()

    def _work(self) -> None:
        while True:
            with self._state:
                if not self._waiting:
                    self._thread = None
                    return
                locale = next(iter(self._waiting.values()))[0]
                batch = {key: chart for key, (one, chart) in self._waiting.items() if one == locale}
            drawn = self._ask(list(batch.values()), locale)
            with self._state:
                self._keep(dict(zip(batch, drawn, strict=True)))

    def _keep(self, drawn: dict[str, str]) -> None:
        now = time.monotonic()
        self._failed = {key: until for key, until in self._failed.items() if until > now}
        for key, svg in drawn.items():
            del self._waiting[key]
            if svg:
                self._kept[key] = svg
            else:
                self._failed[key] = now + TRIES_AGAIN_AFTER
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _ask(self, charts: Sequence[Chart], locale: str) -> list[str]:
        request = json.dumps({"locale": locale, "charts": charts}).encode() + b"\n"
        for _attempt in range(2):  # once more: it may have gone for want of work
            try:
                return self._exchange(request, count=len(charts))
            except Exception as error:  # noqa: BLE001 - whatever it is, pages stand without pictures
                log.warning("steering: the drawer did not answer: %s", type(error).__qualname__)
                self.stop()
                if isinstance(error, TimeoutError):
                    break
        return [""] * len(charts)

    def _exchange(self, request: bytes, *, count: int) -> list[str]:
        process = self._started()
        stdin, stdout = process.stdin, process.stdout
        if stdin is None or stdout is None:
            raise OSError("no pipes")
        give_up_at = time.monotonic() + ANSWERS_WITHIN
        stdin.write(request)
        stdin.flush()
        answer = b""
        while not answer.endswith(b"\n"):
            if not select.select([stdout], [], [], max(0.0, give_up_at - time.monotonic()))[0]:
                raise TimeoutError
            some = os.read(stdout.fileno(), 1 << 16)
            if not some:
                raise OSError("the drawer went")
            answer += some
        drawn: list[str] = json.loads(answer)
        if len(drawn) != count:
            raise ValueError("not as many as asked")
        return drawn

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Days are days everywhere; and no secret of ours reaches the engine.
                env={"TZ": "UTC", "LC_ALL": "C.UTF-8"},
            )
        return self._process


DRAWER: Final = Drawer()
atexit.register(DRAWER.stop)
