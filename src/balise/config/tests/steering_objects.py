"""One real object for each place of steering's staff addresses (`staff_objects.py`)."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.steering.committee.tests import makers as committee
from balise.steering.diary.tests import makers as diary
from balise.steering.editions.tests import makers as editions
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.imports.tests import makers as imports
from balise.steering.indicators import actions as indicators
from balise.steering.press.tests import makers as press
from balise.steering.readings.tests import makers as readings


def steering_objects() -> Mapping[str, Mapping[str, object]]:
    """Return, by how an address begins, what really stands in each of its places."""
    return {
        "staff/steering/": {"board_code": "hotline", "code": "HOT-REP"},
        "staff/steering/indicators/": _indicators(),
        "staff/steering/committee/": _committee(),
        "staff/steering/editions/": _edition(),
        **_records(),
    }


def _records() -> Mapping[str, Mapping[str, object]]:
    followed = readings.make_followed()
    return {
        "staff/steering/press/": {
            "item_id": press.make_item(),
            "brought_id": imports.bring(imports.csv_of(("jour", "titre"), ("2026-01-01", "A"))),
        },
        "staff/steering/readings/": {
            "followed_id": followed,
            "reading_id": readings.make_reading(followed, today(), 5),
            "brought_id": imports.bring(
                imports.csv_of(("jour", "vues"), ("a", "b")), ImportKind.READINGS
            ),
        },
        "staff/steering/diary/": {"entry_id": diary.make_entry()},
    }


def _indicators() -> Mapping[str, object]:
    return {
        "break_id": indicators.note_break(
            on=today(),
            name_fr="Horaires élargis",
            name_en="Wider hours",
            lines=["helpline"],
            by=SYSTEM,
        ),
        "target_id": indicators.set_target(
            indicator="HOT-REP",
            plan="2023-2026",
            objective="9",
            year=today().year,
            value=Decimal(50_000),
            by=SYSTEM,
        ),
    }


def _edition() -> Mapping[str, object]:
    made = editions.make_edition(today() - timedelta(days=30))
    return {
        "edition_id": made,
        "comment_id": editions.make_comment(made),
        "other_id": editions.make_edition(today() - timedelta(days=60)),
        "code": "reports",
        "form": "pdf",
        "language": "fr",
    }


def _committee() -> Mapping[str, object]:
    meeting = committee.make_meeting()
    return {
        "meeting_id": meeting,
        "member_id": committee.make_member(),
        "item_id": committee.make_item(meeting),
        "decision_id": committee.make_decision(meeting),
    }
