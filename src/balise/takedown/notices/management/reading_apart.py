"""Read notices in a child with limits: many regular expressions read them there.

They are not linear (`tests/architecture/test_regular_expressions.py` proves those that are read in
our own processes), and a mail's head is parsed in quadratic time.
"""

from dataclasses import asdict
from typing import Any, Final

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from balise.foundation.limited.calling import Answered, Limits, call
from balise.takedown.notices.rules.completeness import Stated, Statement
from balise.takedown.notices.rules.reading.forms import (
    MAX_BYTES,
    Form,
    NoticeUnreadable,
    Read,
    read_notices,
)

_LIMITS: Final = Limits(processor=20, memory=1_000_000_000, time=120.0, answer=50_000_000)


def read_notices_apart(
    content: bytes, *, name: str = "", omittable: frozenset[str] = frozenset()
) -> list[Read]:
    """Return what `read_notices` returns, and refuse what it refuses, or what takes too long."""
    given = orjson.dumps({"name": name, "omittable": sorted(omittable)})
    outcome = call(read, given + b"\n" + content[: MAX_BYTES + 1], limits=_LIMITS)
    if not isinstance(outcome, Answered):
        raise NoticeUnreadable(_("Reading takes too long."))
    said = orjson.loads(outcome.octets)
    if "refused" in said:
        raise NoticeUnreadable(said["refused"])
    return [Read(Form(each["form"]), _stated(each["stated"])) for each in said["notices"]]


def read(octets: bytes) -> bytes:
    """Return the notices as JSON, or why they cannot be read; for the child."""
    if not settings.configured:
        settings.configure(USE_I18N=False)  # it knows no settings; words stay in English
    given, _line_end, content = octets.partition(b"\n")
    said = orjson.loads(given)
    try:
        found = read_notices(content, name=said["name"], omittable=frozenset(said["omittable"]))
    except NoticeUnreadable as refusal:
        return orjson.dumps({"refused": refusal.message})
    return orjson.dumps({"notices": [asdict(each) for each in found]})


def _stated(said: dict[str, Any]) -> Stated:
    statement = Statement(said["statement"])
    return Stated(**{**said, "locations": tuple(said["locations"]), "statement": statement})
