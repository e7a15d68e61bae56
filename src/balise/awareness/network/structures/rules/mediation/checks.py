"""The form of each kind of field, with what is said where a value has another. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.awareness.network.structures.rules.numbers import number_of
from balise.awareness.network.structures.rules.refusals import NumberFaulty

_PIVOT: Final = re.compile(r"[a-zA-Z0-9]{9,14}")
_INSEE: Final = re.compile(r"(?:[013-9]\d|2[AB1-9])\d{3}")
_POSTCODE: Final = re.compile(r"\d{5}")
_TELEPHONE: Final = re.compile(r"\+(?:33|590|594|262|596|269|687|689|508|681)\d{6,9}")
_web = URLValidator(schemes=["http", "https"])

NOT_POSTCODE: Final = _(
    "A postcode has five digits. Organisations abroad stay outside this schema: register them by "
    "hand."
)


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


def _is_number(value: str) -> bool:
    if _PIVOT.fullmatch(value) is None:
        return False
    try:
        return bool(number_of(value))
    except NumberFaulty:
        return False


def _is_day(value: str) -> bool:
    try:
        return len(value) >= len("2026-01-01") and bool(date.fromisoformat(value[:10]))
    except ValueError:
        return False


def _is_degree(most: float) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        try:
            return -most <= float(value) <= most
        except ValueError:
            return False

    return fits


def _is_telephone(value: str) -> bool:
    digits = value.replace(" ", "").replace(".", "")
    return _TELEPHONE.fullmatch(digits) is not None


def _passes(check: Callable[[str], object]) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        try:
            check(value)
        except ValidationError:
            return False
        return True

    return fits


type Check = tuple[Callable[[str], bool], str | Promise]

CHECKS: Final[Mapping[str, Check]] = {
    "pivot": (
        _is_number,
        _("This is not a SIRET (14 digits, the last one a check) or an RNA (W and 9 digits)."),
    ),
    "postcode": (_matches(_POSTCODE), NOT_POSTCODE),
    "insee": (_matches(_INSEE), _("An INSEE code has five characters, such as 35238 or 2A004.")),
    "latitude": (_is_degree(90), _("Write degrees with a point, between -90 and 90: 48.111.")),
    "longitude": (_is_degree(180), _("Write degrees with a point, between -180 and 180: -1.674.")),
    "telephone": (_is_telephone, _("Begin the number with its country: +33 2 99 00 00 00.")),
    "mail": (_passes(validate_email), _("This is not an e-mail address.")),
    "web": (_passes(_web), _("Write the whole address: https://…")),
    "day": (_is_day, _("Write the day as 2026-11-28.")),
}
