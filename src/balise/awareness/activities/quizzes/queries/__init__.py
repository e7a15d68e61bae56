"""Which quizzes everyone sees."""

from django.conf import settings

from balise.awareness.activities.quizzes.models import Quiz as Row
from balise.awareness.activities.quizzes.rules.quizzes import Quiz, pack, read
from balise.foundation.finding import there


def public() -> list[Quiz]:
    """Return the quizzes that everyone sees: those of the pack, then the centre's own."""
    rows = {row.code: row for row in Row.objects.select_related("public")}
    codes = dict.fromkeys([*pack(settings.COUNTRY), *sorted(rows)])
    found = (_public(code, rows.get(code)) for code in codes)
    return [each for each in found if each is not None]


def quiz(code: str) -> Quiz:
    """Return a quiz that everyone sees. Raises NotHere."""
    row = Row.objects.select_related("public").filter(code=code).first()
    return there(_public(code, row))


def _public(code: str, row: Row | None) -> Quiz | None:
    if row is not None and row.withdrawn:
        return None
    if row is not None and row.public is not None:
        return read(row.public.told)
    return pack(settings.COUNTRY).get(code)
