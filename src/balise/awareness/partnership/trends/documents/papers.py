"""What a briefing and an exchange sheet say on paper, from what was kept of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _, override, pgettext

from balise.awareness.partnership.trends.documents.printing import (
    Paper,
    Part,
    Section,
    paragraphs,
    printed,
)
from balise.awareness.partnership.trends.rules.sheets import Sheet


def briefing(told: Mapping[str, Any]) -> bytes:
    """Return an edition as PDF/UA, from what it says for good."""
    with override(told["language"]):
        return printed(_briefing(told))


def sheet(of: Sheet) -> bytes:
    """Return an exchange sheet as PDF/UA, in English."""
    with override("en"):
        return printed(_sheet(of))


def number_words(number: int | str | None) -> str:
    """Return a number, or the words for one that is not told or small."""
    if isinstance(number, str):
        return number
    return "–" if number is None else number_format(number, force_grouping=True)


def _briefing(told: Mapping[str, Any]) -> Paper:
    sections = [
        Section(
            _("Emerging uses"),
            [
                Part(
                    use["title"],
                    " · ".join(
                        (use["topic"], use["source"], _day(use["first_seen"]), use["state"])
                    ),
                    paragraphs(use["text"]),
                )
                for use in told["uses"]
            ],
        ),
        Section(
            _("Rises"),
            head=[
                pgettext("rises", "Figure"),
                _("Period"),
                _("Number"),
                _("Month before"),
                _("Year before"),
            ],
            rows=[
                [
                    f"{rise['figure']} – {rise['label']}",
                    rise["period"],
                    *(number_words(rise[name]) for name in ("now", "before", "year_before")),
                ]
                for rise in told["rises"]
            ],
            note=_(
                "“–”: not told, or not counted. Numbers of children and callers are of the last "
                "quarter told, within 5."
            ),
        ),
        Section(
            _("Policies and practices"),
            [
                Part(
                    one["title"],
                    " · ".join(
                        each
                        for each in (one["kind"], one["country"], _day(one["day"]), one["address"])
                        if each
                    ),
                    paragraphs(one["text"]),
                )
                for one in told["references"]
            ],
        ),
    ]
    return Paper(
        told["language"],
        told["title"],
        told["centre"],
        _("Briefing no. %(number)s, %(day)s")
        % {"number": told["number"], "day": _day(told["day"])},
        pgettext("paper", "Page"),
        paragraphs(told["intro"]),
        (),
        [one for one in sections if one.parts or one.rows],
    )


def _sheet(of: Sheet) -> Paper:
    return Paper(
        "en",
        of.issue,
        of.centre,
        "Exchange sheet, Insafe",
        "Page",
        facts=[
            ["Topic", of.topic],
            ["First seen", _day(of.first_seen)],
            ["State", of.state],
            ["Country", of.country],
            ["Contact", of.contact],
            ["Date of this sheet", _day(of.date)],
        ],
        sections=[
            Section("Issue", [Part(of.issue, text=paragraphs(of.description))]),
            Section("What was done", [Part("Actions", text=paragraphs(of.what_was_done))]),
        ],
    )


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT")
