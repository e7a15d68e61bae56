"""Durations by bands: tallies keep no single span, so a fact says in which band its own falls."""

from datetime import timedelta
from typing import Final

BANDS: Final = (
    ("1h", timedelta(hours=1)),
    ("4h", timedelta(hours=4)),
    ("24h", timedelta(hours=24)),
    ("3d", timedelta(days=3)),
    ("7d", timedelta(days=7)),
)
LONGEST_BAND: Final = "more"


def band(took: timedelta) -> str:
    """Return the code of the duration band that a span of time falls in, from BANDS or "more"."""
    return next((code for code, most in BANDS if took <= most), LONGEST_BAND)
