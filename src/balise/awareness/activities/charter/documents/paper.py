"""The paper of a charter, as PDF/UA: four layouts of one state, in one language or two.

No name is asked for: dotted lines wait for them. Its square and its code hold the whole charter.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, Final

import segno
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _, override, pgettext

from balise.awareness.activities.charter.rules import bank as charter_bank, carrying
from balise.awareness.activities.charter.rules.bank import Bank, Practice
from balise.awareness.activities.charter.rules.charter import Charter
from balise.awareness.activities.charter.rules.picks import Pick, Standing, Whom
from balise.foundation.typesetting import typeset
from balise.foundation.web.components.drawings import ICONS

_NAMES: Final = 4
_DOTS: Final = "…. "
_OWN_ICON: Final = "edit"
_TRIAL_ICON: Final = "calendar"

type Said = list[dict[str, str]]  # one thing, once in each language of the paper


class Layout(StrEnum):
    """How a charter is printed."""

    POSTER = "poster"
    PLAIN = "plain"
    LARGE = "large"
    EASY = "easy"


def paper(
    charter: Charter,
    *,
    layout: Layout,
    languages: Sequence[str],
    bank: Bank,
    address: str,
    home: int = 0,
) -> bytes:
    """Return the paper of a charter; `home` leaves out what holds in the other home alone.

    `address` is that of the page which opens it: the charter stands behind its `#`, which a browser
    does not send.
    """
    one = _Paper(charter, layout, languages, bank, home)
    told = {**one.told(), "square": one.square(address)}
    return typeset(files(__package__).joinpath("paper.typ"), told)


class _Paper:
    """What the layout is told."""

    def __init__(
        self, charter: Charter, layout: Layout, languages: Sequence[str], bank: Bank, home: int
    ) -> None:
        charter = _without_dots(charter)
        self._charter, self._layout, self._languages = charter, layout, languages
        self._bank = bank
        self._home = home if charter.homes > 1 else 0
        self._agreed = {
            code: pick
            for code, pick in charter.agreed.items()
            if not self._home or pick.home in {0, self._home}
        }

    def told(self) -> dict[str, Any]:
        is_easy = self._layout is Layout.EASY
        helpline = settings.CENTRE.helpline
        with override(self._languages[0]):
            title = self._charter.title or _default_title(is_easy=is_easy)
            picture_alt = _(
                "A home at night near a lighthouse. A meal is shared; in the hall, phones sleep in "
                "a basket."
            )
        return {
            "language": self._languages[0],
            "title": title,
            "organisation": settings.CENTRE.organisation,
            "layout": self._layout.value,
            "isEasy": is_easy,
            "picture": _picture("house") if self._layout is Layout.POSTER else "",
            "pictureAlt": picture_alt,
            "mark": _picture("light") if is_easy else "",
            "under": self._each(self._under),
            "home": self._each(self._of_home) if self._home else [],
            "groups": [] if is_easy else list(self._groups()),
            "rules": [self._rule(*each) for each in self._kept()] if is_easy else [],
            "trials": list(self._trials()),
            "trialIcon": _icon(_TRIAL_ICON),
            "names": self._each(lambda: _("Our first names, by hand")),
            "lines": _NAMES,
            "reopen": self._each(lambda: _("Open this charter again: scan, or type this code")),
            "code": charter_bank.shown(
                carrying.write(self._charter, bank=self._bank, with_words=False)
            ),
            "helps": self._each(
                lambda: _("A problem? Call") if is_easy else _("To talk, without a name")
            ),
            "number": helpline.number,
            "hint": self._each(lambda: str(helpline.hint)),
            "review": self._each(
                lambda: _("Easy to read: awaiting review by the people concerned.")
            ),
        }

    def _each(self, say: Callable[[], str]) -> Said:
        """Return something said in each language of the paper."""
        said = []
        for language in self._languages:
            with override(language):
                said.append({"lang": language, "text": say()})
        return said

    def _under(self) -> str:
        if self._layout is Layout.EASY:
            return _("at home, for screens")
        if self._charter.made is None:
            return ""
        day = date_format(self._charter.made, "DATE_FORMAT")
        return _("Written together on %(day)s") % {"day": day}

    def _of_home(self) -> str:
        return _("First home") if self._home == 1 else _("Second home")

    def _kept(self) -> list[tuple[str, Pick]]:
        return [
            (code, pick)
            for code, pick in self._agreed.items()
            if pick.standing is not Standing.TRIAL
        ]

    def _groups(self) -> Iterator[dict[str, Any]]:
        """Yield the rules by who commits, in the child's order."""
        titles: dict[Whom, Callable[[], str]] = {
            Whom.BOTH: lambda: _("Everyone, at home"),
            Whom.CHILDREN: lambda: pgettext("charter", "The children"),
            Whom.PARENTS: lambda: pgettext("charter", "The parents"),
        }
        for whom, title in titles.items():
            rules = [self._rule(code, pick) for code, pick in self._kept() if pick.whom is whom]
            if rules:
                yield {"title": self._each(title), "rules": rules}

    def _rule(self, code: str, pick: Pick) -> dict[str, Any]:
        known = self._bank.practice(code)
        return {"icon": _icon(self._icon_of(known)), "says": self._words(known, pick)}

    def _trials(self) -> Iterator[dict[str, Any]]:
        for code, pick in self._agreed.items():
            if pick.standing is Standing.TRIAL and pick.until:
                said = self._rule(code, pick)
                say = _until(pick.until, is_easy=self._is_easy, has_words=bool(pick.tries))
                yield {**said, "until": self._each(say)}

    @property
    def _is_easy(self) -> bool:
        return self._layout is Layout.EASY

    def _words(self, known: Practice | None, pick: Pick) -> Said:
        """Return a rule; the family's own words are the same in each language."""
        said = []
        for language in self._languages:
            words = pick.says
            if known is not None:
                words = (known.easy if self._is_easy else known.says).in_language(language)
            with override(language):
                tried = _("We try: %(words)s") % {"words": pick.tries} if pick.tries else ""
            said.append({"lang": language, "text": words, "tries": tried})
        return said

    def _icon_of(self, known: Practice | None) -> str:
        theme = self._bank.theme(known.theme) if known else None
        return theme.icon if theme else _OWN_ICON

    def link(self, address: str) -> str:
        """Return the address that opens the charter where someone scans it."""
        return f"{address}#{carrying.write(self._charter, bank=self._bank, with_words=True)}"

    def square(self, address: str) -> str:
        """Return the drawing that a telephone reads (SVG)."""
        written = BytesIO()
        squares = segno.make(self.link(address), error="l", micro=False)
        squares.save(written, kind="svg", border=0, scale=4)
        return written.getvalue().decode()


def _without_dots(charter: Charter) -> Charter:
    """Return a charter whose own words, where they stayed on the device as dots, are none."""
    picks = {
        code: replace(pick, says=pick.says if pick.says.strip(_DOTS) else "")
        for code, pick in charter.picks.items()
    }
    return replace(charter, picks=picks)


def _default_title(*, is_easy: bool) -> str:
    return _("Our rules") if is_easy else _("The charter of our home")


def _until(until: date, *, is_easy: bool, has_words: bool) -> Callable[[], str]:
    """Return what says, in the active language, until when a rule is tried."""

    def say() -> str:
        day = date_format(until, "l j F")
        if is_easy and has_words:
            return _("We talk about it on %(day)s.") % {"day": day}
        if is_easy:
            return _("We try it. We talk about it on %(day)s.") % {"day": day}
        return _("On trial until %(day)s. Then we talk about it.") % {"day": day}

    return say


@cache
def _picture(name: str) -> str:
    return files(__package__).joinpath(f"{name}.svg").read_text("utf-8")


def _icon(name: str) -> str:
    """Return a drawing of the house's set as a picture that stands alone."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" '
        'fill="none" stroke="#14283b" stroke-width="1.75" stroke-linecap="round" '
        f'stroke-linejoin="round">{ICONS.get(name, "")}</svg>'
    )
