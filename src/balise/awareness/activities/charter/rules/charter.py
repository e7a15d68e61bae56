"""A family's charter: what is proposed, refused, tried and agreed, and nobody's name. Pure.

It lives on the family's device, in a file or in the form that a page sends back; nowhere else.
`static/charter/charter.js` makes the same changes on the device: a test plays both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final, Self

from django.utils.translation import gettext as _

from balise.awareness.activities.charter.rules import picks as charter_picks
from balise.awareness.activities.charter.rules.picks import (
    HOMES,
    LONGEST_WORDS,
    MOST_PICKS,
    By,
    Pick,
    Say,
    Standing,
    Whom,
)
from balise.foundation.refusals import Refused

FORMAT: Final = "charter"
VERSION: Final = 1

TRIAL: Final = timedelta(days=14)
LATER: Final = timedelta(days=30)  # a charter opened again after that is counted as such
SEVERAL: Final = "several"
OWN: Final = "own-"
MOST_OWN: Final = 5
LONGEST_TITLE: Final = 60
_LAST: Final = MOST_PICKS + 1


class NoCharter(Refused, code="no-charter"):
    """What is read is something else than a charter."""


class CharterNewer(Refused, code="charter-newer"):
    """It was made with a newer version than this one."""


class CharterDamaged(Refused, code="charter-damaged"):
    """It says it is a charter, and is not whole or says what none says."""


@dataclass(frozen=True, slots=True)
class Charter:
    """The charter of one family; each change returns another.

    `made` is the day it was finished. `is_counted` says that the family agrees to be counted, and
    `counted` what was counted of it, so that nothing is twice.
    """

    bands: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()
    homes: int = 1
    title: str = ""
    picks: Mapping[str, Pick] = field(default_factory=dict)
    made: date | None = None
    is_counted: bool = False
    counted: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """Return what `read` takes, for a file and for a form."""
        return {
            "balise": FORMAT,
            "version": VERSION,
            "bands": list(self.bands),
            "aims": list(self.aims),
            "homes": self.homes,
            "title": self.title,
            "made": self.made.isoformat() if self.made else None,
            "isCounted": self.is_counted,
            "counted": list(self.counted),
            "picks": [{"code": code, **pick.told()} for code, pick in self.picks.items()],
        }

    @classmethod
    def read(cls, told: Any) -> Self:
        """Return the charter that `told` wrote.

        Raises NoCharter, CharterNewer, CharterDamaged.
        """
        if not isinstance(told, Mapping) or told.get("balise") != FORMAT:
            raise NoCharter(_("This is not a family charter."))
        version = told.get("version")
        if isinstance(version, int) and version > VERSION:
            raise CharterNewer(
                _("This charter was made with a newer version. Open it on the site that made it.")
            )
        try:
            return cls._read(told)
        except (KeyError, ValueError, TypeError, AttributeError):
            raise CharterDamaged(
                _("This charter is damaged. Open another copy, or begin a new one.")
            ) from None

    @classmethod
    def _read(cls, told: Mapping[str, Any]) -> Self:
        homes = charter_picks.number(told["homes"], max(HOMES))
        if charter_picks.number(told["version"], VERSION) != VERSION or homes not in HOMES:
            raise ValueError("a version or a number of homes that none has")
        rows, made = list(told["picks"]), told["made"]
        picks = {charter_picks.code(row["code"]): Pick.read(row) for row in rows}
        if len(picks) < len(rows) or len(rows) > MOST_PICKS:
            raise ValueError("a rule twice, or too many")
        return cls(
            bands=charter_picks.codes(told["bands"]),
            aims=charter_picks.codes(told["aims"]),
            homes=homes,
            title=charter_picks.line(charter_picks.text(told["title"]), LONGEST_TITLE),
            picks=picks,
            made=date.fromisoformat(made) if made else None,
            is_counted=told["isCounted"] is True,
            counted=charter_picks.codes(told["counted"]),
        )

    @property
    def band(self) -> str:
        """The band under which the family is counted: that of its children, or SEVERAL."""
        return self.bands[0] if len(self.bands) == 1 else SEVERAL

    @property
    def agreed(self) -> Mapping[str, Pick]:
        """What is on the paper, in the child's order where there is one."""
        return {code: pick for code, pick in self._ordered() if pick.is_agreed}

    @property
    def ranked(self) -> tuple[str, ...]:
        """The rules that the child puts in order: those that they do not refuse."""
        return tuple(code for code, pick in self._ordered() if pick.standing is not Standing.VETOED)

    @property
    def refused(self) -> tuple[str, ...]:
        """The rules that the child refuses."""
        return tuple(code for code, pick in self.picks.items() if pick.standing is Standing.VETOED)

    @property
    def open(self) -> tuple[str, ...]:
        """The rules to agree on: refused, proposed by the child, or on trial."""
        return tuple(
            code for code, pick in self.picks.items() if pick.standing is not Standing.KEPT
        )

    @property
    def own(self) -> tuple[str, ...]:
        """The rules that are in no bank: the family's own words."""
        return tuple(code for code in self.picks if code.startswith(OWN))

    @property
    def next_day(self) -> date | None:
        """The first day on which a trial ends; None without one."""
        days = (pick.until for pick in self.agreed.values() if pick.until)
        return min(days, default=None)

    def profiled(
        self, *, bands: Iterable[str], homes: int, aims: Iterable[str], is_counted: bool
    ) -> Self:
        """Return the charter of a family of these bands and homes, with these aims.

        In one home no rule holds in the first or the second.
        """
        picks = self.picks
        if homes == HOMES[0]:
            picks = {code: replace(pick, home=0) for code, pick in picks.items()}
        return replace(
            self,
            bands=tuple(bands),
            homes=homes,
            aims=tuple(aims),
            picks=picks,
            is_counted=is_counted,
        )

    def choosing(
        self,
        *,
        children: Iterable[str],
        parents: Iterable[str],
        homes: Mapping[str, int] | None = None,
    ) -> Self:
        """Return the charter with the rules that the parents choose, for whom and in which home.

        What the child proposed stays: it is agreed on later.
        """
        whom = dict.fromkeys(children, Whom.CHILDREN)
        for code in parents:
            whom[code] = Whom.BOTH if code in whom else Whom.PARENTS
        picks = {
            code: replace(pick, whom=whom.get(code, pick.whom))
            for code, pick in self.picks.items()
            if code in whom or pick.by is By.CHILD
        }
        for code, who in whom.items():
            picks.setdefault(code, Pick(whom=who))
        if homes is not None:
            picks = {code: replace(pick, home=homes.get(code, 0)) for code, pick in picks.items()}
        return replace(self, picks=dict(list(picks.items())[:MOST_PICKS]))

    def moved(self, code: str, *, up: bool) -> Self:
        """Return the charter with a rule one place up or down in the child's order."""
        order = list(self.ranked)
        if code not in order:
            return self
        at = order.index(code)
        to = max(at - 1, 0) if up else min(at + 1, len(order) - 1)
        order.insert(to, order.pop(at))
        return self._in_order(order)

    def vetoed(self, code: str) -> Self:
        """Return the charter with a rule that the child refuses; their own is taken out."""
        pick = self.picks.get(code)
        if pick is None:
            return self
        if pick.by is By.CHILD:
            return self._without(code)
        return self._with(code, replace(pick, standing=Standing.VETOED, until=None, rank=0))

    def restored(self, code: str) -> Self:
        """Return the charter with a rule that the child refused, and does not any more."""
        pick = self.picks.get(code)
        if pick is None or pick.standing is not Standing.VETOED:
            return self
        return self._with(code, replace(pick, standing=Standing.KEPT, why=""))

    def reasoned(self, reasons: Mapping[str, str]) -> Self:
        """Return the charter with the child's reasons to refuse, by rule."""
        picks = {
            code: replace(pick, why=charter_picks.line(reasons[code], LONGEST_WORDS))
            if code in reasons and pick.standing is Standing.VETOED
            else pick
            for code, pick in self.picks.items()
        }
        return replace(self, picks=picks)

    def proposing(self, code: str) -> Self:
        """Return the charter with a rule of the bank that the child proposes."""
        if code in self.picks or len(self.picks) >= MOST_PICKS:
            return self
        return self._with(code, Pick(by=By.CHILD, whom=Whom.BOTH, standing=Standing.PROPOSED))

    def saying(self, words: str) -> Self:
        """Return the charter with a rule in the child's own words, if there are any."""
        says = charter_picks.line(words, LONGEST_WORDS)
        free = (f"{OWN}{nth}" for nth in range(1, MOST_OWN + 1) if f"{OWN}{nth}" not in self.picks)
        code = next(free, "")
        if not says or not code or any(pick.says == says for pick in self.picks.values()):
            return self
        pick = Pick(by=By.CHILD, whom=Whom.BOTH, standing=Standing.PROPOSED, says=says)
        return self._with(code, pick)

    def deciding(self, said: Mapping[str, Say], *, tries: Mapping[str, str], today: date) -> Self:
        """Return the charter after the family talked: a rule is agreed, tried or left out.

        A trial begins today and ends in two weeks; one that goes on keeps its day.
        """
        picks = {}
        for code, pick in self.picks.items():
            match said.get(code):
                case Say.DROP:
                    continue
                case Say.KEEP:
                    picks[code] = replace(
                        pick, standing=Standing.KEPT, until=None, why="", tries=""
                    )
                case Say.TRY:
                    goes_on = pick.until is not None and pick.until > today
                    picks[code] = replace(
                        pick,
                        standing=Standing.TRIAL,
                        until=pick.until if goes_on else today + TRIAL,
                        tries=charter_picks.line(tries.get(code, ""), LONGEST_WORDS),
                    )
                case None:
                    picks[code] = pick
        return replace(self, picks=picks)

    def asked_again(self, kept: Iterable[str]) -> Self:
        """Return the charter opened again: what the family does not keep is to be agreed on."""
        held = set(kept)
        picks = {
            code: replace(pick, standing=Standing.PROPOSED)
            if pick.standing is Standing.KEPT and code not in held
            else pick
            for code, pick in self.picks.items()
        }
        return replace(self, picks=picks)

    def for_another_child(self) -> Self:
        """Return the beginning of another child's charter: homes, aims, what parents commit to.

        No age, title, word or refusal of the first child is in it, and nobody said yes to a count.
        """
        committed = {
            code: Pick(whom=Whom.PARENTS, home=pick.home)
            for code, pick in self.picks.items()
            if pick.is_agreed and pick.whom is not Whom.CHILDREN and not code.startswith(OWN)
        }
        return replace(
            self,
            bands=(),
            title="",
            picks=committed,
            made=None,
            is_counted=False,
            counted=(),
        )

    def titled(self, title: str) -> Self:
        """Return the charter under a title."""
        return replace(self, title=charter_picks.line(title, LONGEST_TITLE))

    def allowing(self, *, is_counted: bool) -> Self:
        """Return the charter of a family that agrees to be counted, or does not."""
        return replace(self, is_counted=is_counted)

    def finished(self, *, today: date) -> Self:
        """Return the charter as finished; its first day stays."""
        return replace(self, made=self.made or today)

    def is_later(self, *, today: date) -> bool:
        """Return whether it was finished 30 days ago or more."""
        return self.made is not None and today - self.made >= LATER

    def once_counted(self, *what: str) -> Self:
        """Return the charter with what was counted of it."""
        return replace(self, counted=tuple(dict.fromkeys((*self.counted, *what))))

    def without_words(self) -> Self:
        """Return the charter without a word that the family wrote: codes, numbers and days."""
        picks = {
            code: replace(pick, says="", why="", tries="") for code, pick in self.picks.items()
        }
        return replace(self, title="", picks=picks)

    def within(
        self, *, bands: Sequence[str], aims: Sequence[str], practices: Iterable[str]
    ) -> Self:
        """Return the charter with no code that the bank does not have (any more)."""
        known = {*practices, *self.own}
        return replace(
            self,
            bands=tuple(code for code in self.bands if code in bands),
            aims=tuple(code for code in self.aims if code in aims),
            picks={code: pick for code, pick in self.picks.items() if code in known},
        )

    def _ordered(self) -> list[tuple[str, Pick]]:
        return sorted(self.picks.items(), key=lambda one: one[1].rank or _LAST)

    def _in_order(self, order: Sequence[str]) -> Self:
        places = {code: nth for nth, code in enumerate(order, 1)}
        picks = {code: replace(pick, rank=places.get(code, 0)) for code, pick in self.picks.items()}
        return replace(self, picks=picks)

    def _with(self, code: str, pick: Pick) -> Self:
        return replace(self, picks={**self.picks, code: pick})

    def _without(self, code: str) -> Self:
        return replace(
            self, picks={each: pick for each, pick in self.picks.items() if each != code}
        )
