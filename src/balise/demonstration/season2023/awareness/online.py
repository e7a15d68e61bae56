"""What was used online in the season: charters, the module, stories, a study."""

from datetime import date
from functools import partial

from balise.awareness.activities.charter import actions as charters
from balise.awareness.activities.charter.rules.bank import Band as Age
from balise.awareness.activities.charter.rules.picks import What as Charter
from balise.awareness.activities.quizzes import actions as quizzes
from balise.awareness.activities.quizzes.queries import public
from balise.awareness.activities.quizzes.rules import What as Quiz
from balise.awareness.activities.stories.actions import playing
from balise.awareness.activities.stories.queries import catalogue
from balise.awareness.activities.stories.rules.places import Mode, What as Story
from balise.awareness.learning.training import actions as module
from balise.awareness.learning.training.rules.words import What as Module
from balise.awareness.surveys.actions import answering, making, storing
from balise.awareness.surveys.demonstration import study
from balise.awareness.usage import actions
from balise.awareness.usage.rules.tallies import UsageKind, Use as Used
from balise.demonstration.season2023.awareness.acts import DAY, Act, goal_of
from balise.demonstration.season2023.plan import BEGINS, ENDS, Plan, span
from balise.demonstration.season2023.telling import Cast, moment
from balise.foundation import clock
from balise.foundation.actors import SYSTEM


def count(acts: list[Act], plan: Plan) -> None:
    """Count charters, paths and plays on their days; the journal hears each week."""
    ages = list(Age)
    for what in (Charter.STARTED, Charter.FINISHED):
        days = plan.days(f"charters-{what.value}")
        for place, age in enumerate(ages):
            charters.count_past(
                what=what, band=age.value, days=_share(days, place, len(ages)), by=SYSTEM
            )
    started = plan.days("module")
    module.count_past(what=Module.STARTED, days=started, by=SYSTEM)
    module.count_past(
        what=Module.FINISHED, days={day: many * 3 // 5 for day, many in started.items()}, by=SYSTEM
    )
    module.count_past(what=Module.PASSED, days=plan.days("trained-online"), by=SYSTEM)
    for kind, goal in ((UsageKind.VIEW, "views"), (UsageKind.DOWNLOAD, "downloads")):
        actions.count_past(use=Used(kind, "catalogue", "fr"), days=plan.days(goal), by=SYSTEM)
    asked = public()
    for place, quiz in enumerate(asked):
        days = _share(plan.days("quizzes"), place, len(asked))
        quizzes.count_past(what=Quiz.FINISHED, quiz=quiz, days=days, by=SYSTEM)
    told = [each.slug for each in catalogue()]
    for place, story in enumerate(told):
        days = _share(plan.days("plays"), place, len(told))
        playing.count_past(story=story, mode=Mode.CLASS, what=Story.BEGUN, days=days, by=SYSTEM)
    for day in (*(one for one in span(BEGINS, ENDS) if one.weekday() == 0), ENDS):
        counted = (charters, module, playing, quizzes, actions)
        acts += [(moment(day, 22 * 3600), partial(one.tell_days, by=SYSTEM)) for one in counted]


def _share(days: dict[date, int], place: int, of: int) -> dict[date, int]:
    """Return one share of so many of each day; together they are the whole."""
    return {
        day: share
        for number, (day, many) in enumerate(days.items())
        if (share := many // of + ((place + number) % of < many % of))
    }


def ask_parents(acts: list[Act], plan: Plan, cast: Cast) -> None:
    """Bring in what parents answered to a study, stored each night; closed at its end."""
    by, goal = cast.by_role["awareness_lead"], goal_of("parents")
    with clock.at(moment(goal.first, 8 * 3600)):
        study_id = study.open_(closes_on=goal.last, by=by)

    told = study.parents()
    for day, many in plan.days(goal.code).items():
        some = [next(told) for _each in range(many)]
        acts.append(
            (
                moment(day, 21 * 3600),
                partial(answering.bring_in, survey_id=study_id, sets=some, by=by),
            )
        )
        acts.append((moment(day, 23 * 3600), partial(storing.store, survey_id=study_id, by=SYSTEM)))
    ended = moment(goal.last + DAY, 9 * 3600)
    acts.append((ended, partial(making.close, survey_id=study_id, by=by)))
    acts.append(
        (ended + DAY / 24, partial(storing.store, survey_id=study_id, by=SYSTEM)),
    )
