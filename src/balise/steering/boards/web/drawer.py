"""The drawer: a process that turns figures into SVG and does nothing else.

It reads one line of JSON and answers with one, until its input ends or nobody asks for a while.
Vega's engine takes half a second to start and holds its process while it draws, so it never runs
where pages are served. It knows no settings, no table and no key.

Colours are the custom properties of the page's style sheet: one drawing serves day and night.
"""

import json
import re
import select
import sys
from typing import Any, Final, TextIO

import altair as alt
import vl_convert

type Layers = alt.LayerChart | alt.FacetChart

PATIENCE: Final = 600.0  # seconds without a request after which the drawer goes
_SVG: Final = re.compile(r"<svg [^>]*viewBox=\"([^\"]+)\"[^>]*>(.*)</svg>\s*", re.DOTALL)
_VOICES: Final = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')

MARK: Final = "var(--accent)"
BESIDE: Final = "var(--ink-soft)"
INK: Final = "var(--ink)"
RULE: Final = "var(--rule)"
_SIZE: Final = 13
_LINE: Final = 17  # from one line of a label to the next
_BAR: Final = 14
_BAR_BESIDE: Final = 5
_APART: Final = 12


def main(requests: TextIO, answers: TextIO) -> None:
    """Answer each request in its turn; a chart that cannot be drawn is an empty text."""
    while select.select([requests], [], [], PATIENCE)[0]:
        line = requests.readline()
        if not line:
            return
        asked = json.loads(line)
        drawn = [_drawn(chart, asked["locale"]) for chart in asked["charts"]]
        answers.write(json.dumps(drawn) + "\n")
        answers.flush()


def draw(chart: dict[str, Any], locale: Any) -> str:
    """Return one chart as an SVG element without voices or style: the page names it itself."""
    made = DRAWN_AS[chart["kind"]](chart)
    spec = made.configure(
        background="transparent",
        aria=False,
        padding=chart.get("padding", 4),
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelFontSize=_SIZE,
            labelColor=BESIDE,
            gridColor=RULE,
            domainColor=BESIDE,
            tickColor=RULE,
            labelPadding=6,
            title=None,
        ),
        text=alt.MarkConfig(fontSize=_SIZE),
    ).to_dict()
    drawn = vl_convert.vegalite_to_svg(
        spec,
        allowed_base_urls=[],
        format_locale=locale,
        time_format_locale=locale,
    )
    found = _SVG.fullmatch(drawn)
    if found is None:
        raise ValueError("what was drawn is no SVG")
    return f'<svg viewBox="{found[1]}">{_VOICES.sub("", found[2])}</svg>'


def days(chart: dict[str, Any]) -> Layers:
    """Return a series as an area with its line, and that of a year before as a dashed line.

    Both break off where a number is None: nobody counted there.
    """
    rows = [{"day": day, "now": now, "before": before} for day, now, before in chart["points"]]
    x = alt.X(
        "day:T",
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(
            format=chart["axis"],
            grid=False,
            tickCount=chart["ticks"],
            labelOverlap=True,
            labelFlush=True,
        ),
    )
    most = max([1, *(max(row["now"] or 0, row["before"] or 0) for row in rows)])
    scale = alt.Scale(domain=[0, most], nice=True, zero=True)

    def y(name: str) -> alt.Y:
        return alt.Y(
            f"{name}:Q",
            scale=scale,
            axis=alt.Axis(
                format=",d", tickMinStep=1, tickCount=min(5, most), domain=False, ticks=False
            ),
        )

    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x)
    point: Any = (
        {"filled": True, "size": 30, "color": MARK} if len(rows) <= chart["dots"] else False
    )
    dashed = base.mark_line(color=BESIDE, strokeDash=[5, 4], strokeWidth=1.5)
    layers = [
        base.mark_area(color=MARK, opacity=0.16).encode(y=y("now")),
        *([dashed.encode(y=y("before"))] if chart["compared"] else []),
        base.mark_line(color=MARK, strokeWidth=2, point=point).encode(y=y("now")),
    ]
    return alt.layer(*layers).properties(width=chart["width"], height=chart["height"])


def bars(chart: dict[str, Any]) -> Layers:
    """Return a breakdown as bars under their labels, a thin bar for the year before under each."""
    width = chart["width"]
    most = max([1, *(max(bar["now"], bar["before"]) for bar in chart["bars"])])
    rows, height = [], 0
    for bar in chart["bars"]:
        first = height + _SIZE
        last = first + (len(bar["label"]) - 1) * _LINE
        top = last + 7
        under = top + _BAR + 1 + _BAR_BESIDE
        rows.append(
            {
                **bar,
                "label_at": first,
                "says_at": last,
                "top": top,
                "bottom": top + _BAR,
                "under_top": top + _BAR + 1,
                "under": under,
                "zero": 0,
            }
        )
        height = (under if chart["compared"] else top + _BAR) + _APART
    x = alt.X("now:Q", axis=None, scale=alt.Scale(domain=[0, most], range=[0, width], nice=False))
    down = alt.Scale(domain=[0, height], range=[0, height], nice=False)

    def y(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", axis=None, scale=down)

    base = alt.Chart(alt.InlineData(values=rows))
    under = base.mark_rect(color=BESIDE).encode(
        x="before:Q", x2="zero:Q", y=y("under_top"), y2="under:Q"
    )
    layers = [
        base.mark_rect(color=MARK, cornerRadius=2).encode(
            x=x, x2="zero:Q", y=y("top"), y2="bottom:Q"
        ),
        *([under] if chart["compared"] else []),
        base.mark_text(align="left", baseline="alphabetic", color=INK, lineHeight=_LINE).encode(
            x=alt.value(0), y=y("label_at"), text="label:N"
        ),
        base.mark_text(align="right", baseline="alphabetic", color=INK, fontWeight=700).encode(
            x=alt.value(width), y=y("says_at"), text="says:N"
        ),
    ]
    return alt.layer(*layers).properties(width=width, height=height)


def columns(chart: dict[str, Any]) -> Layers:
    """Return steps of time as columns, those they are compared with beside them, and breaks.

    A step that is not over is pale; one that was not counted has no column. A break is a dashed
    line before its step, with its name.
    """
    rows = [
        {"step": number, "label": one["label"], "value": one[which], "which": which,
         "faint": 0.5 if one["partial"] else 1}
        for number, one in enumerate(chart["columns"])
        for which in (("before", "now") if chart["compared"] else ("now",))
    ]  # fmt: skip
    labels = [one["label"] for one in chart["columns"]]
    x = alt.X(
        "step:O",
        axis=alt.Axis(
            labelExpr=f"{json.dumps(labels)}[datum.value]", labelAngle=0, labelOverlap=True
        ),
        scale=alt.Scale(paddingInner=0.25),
    )
    base = alt.Chart(alt.InlineData(values=rows))
    bars_of = base.mark_bar().encode(
        x=x,
        xOffset=alt.XOffset("which:N", sort=["before", "now"]),
        y=alt.Y("value:Q", axis=alt.Axis(format=",~f", tickCount=4, domain=False, ticks=False)),
        color=alt.Color(
            "which:N",
            scale=alt.Scale(domain=["before", "now"], range=["var(--rule)", MARK]),
            legend=None,
        ),
        opacity=alt.Opacity("faint:Q", scale=None),
        stroke=alt.value(MARK),
        strokeWidth=alt.value(0.75),
    )
    layers = [bars_of]
    if chart["breaks"]:
        broken = alt.Chart(alt.InlineData(values=chart["breaks"]))
        at = alt.X("step:O", bandPosition=0)
        layers.append(broken.mark_rule(color=INK, strokeDash=[3, 3]).encode(x=at))
        layers.append(
            broken.mark_text(color=INK, align="left", dx=4, baseline="top", fontWeight=700).encode(
                x=at, y=alt.value(0), text="name:N"
            )
        )
    return alt.layer(*layers).properties(width=chart["width"], height=chart["height"])


DRAWN_AS: Final = {"days": days, "bars": bars, "columns": columns}


def _drawn(chart: dict[str, Any], locale: str) -> str:
    try:
        return draw(chart, locale)
    except Exception as error:  # noqa: BLE001 - one bad chart leaves the others alone
        sys.stderr.write(f"balise drawer: {type(error).__qualname__}\n")
        return ""


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
