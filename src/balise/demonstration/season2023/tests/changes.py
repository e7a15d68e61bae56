"""One event more of each kind, by the lines' own actions, and the figures that it moves."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final
from uuid import UUID, uuid4

from balise.awareness.activities.charter import actions as charters
from balise.awareness.activities.charter.rules.picks import What as Charter
from balise.awareness.activities.quizzes import actions as quizzes
from balise.awareness.activities.quizzes.queries import public
from balise.awareness.activities.quizzes.rules import What as Quiz
from balise.awareness.activities.stories.actions import playing
from balise.awareness.activities.stories.rules.places import Mode, What as Story
from balise.awareness.learning.training import actions as module, actions as training_actions
from balise.awareness.learning.training.access import links
from balise.awareness.learning.training.rules.audiences import audiences
from balise.awareness.learning.training.rules.paths import Path
from balise.awareness.learning.training.rules.words import What as Module
from balise.awareness.usage import actions
from balise.awareness.usage.rules.tallies import UsageKind, Use
from balise.demonstration.season2023 import hotline, removals
from balise.demonstration.season2023.awareness.network import SAFER_INTERNET
from balise.demonstration.season2023.plan import ENDS, Plan
from balise.demonstration.season2023.steering import BULLYING, TEENAGERS
from balise.demonstration.season2023.telling import Cast, moment
from balise.demonstration.season2023.tests import of_network
from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.statistics.indicators import Method as How
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.helpline.contacts.actions import wrapping
from balise.helpline.contacts.actions.wrapping import Brought as Contact
from balise.helpline.contacts.rules import Channel
from balise.helpline.removals.actions import bringing as removing
from balise.helpline.staffing.actions import people as staffing
from balise.helpline.telephony.actions.importing import import_records
from balise.helpline.telephony.rules.calls import CallFact, EndedBy, Happening
from balise.helpline.telephony.rules.records import Record
from balise.hotline.reports.actions import removal
from balise.hotline.reports.tests.makers import make_decided
from balise.steering.press.actions import note_all as note_press
from balise.steering.press.rules.files import ItemTold
from balise.steering.press.rules.syndication import Medium as Outlet
from balise.steering.readings.actions import note as note_reading
from balise.steering.readings.models import Followed
from balise.steering.readings.rules.judging import ReadingTold, Series

PLAN: Final = Plan(scale=0.01)


def _report(_cast: Cast) -> None:
    hotline.tell_day(PLAN, ENDS, 1, seed="one more")


def _calls(_cast: Cast) -> None:
    at = moment(ENDS, 15 * 3600)
    ended = CallFact(Happening.ENDED, at + timedelta(seconds=40), EndedBy.CALLER)
    told = (CallFact(Happening.QUEUED, at), CallFact(Happening.ANSWERED, at), ended)
    import_records(records=[Record(0, "one more", told)], source="one more", by=SYSTEM)


def _contact(cast: Cast) -> None:
    at = moment(ENDS, 15 * 3600)
    one = Contact(
        subject=uuid4(),
        channel=Channel.FORM,
        begun_at=at,
        closed_at=at + timedelta(minutes=9),
        contact_type="child-self",
        met={"topics": ("cyberbullying",)},
        given={},
    )
    wrapping.bring_in(contacts=[(one, cast.listeners[0])], by=SYSTEM)


def _removal(cast: Cast) -> None:
    found = removals.one_of(ENDS, removals.ways(), cast, Random("one more"))  # noqa: S311 - a play
    removing.bring_in(removals=[found], by=SYSTEM)


def _charter(_cast: Cast) -> None:
    charters.count(what=Charter.STARTED, band="3-5", by=ANYONE)


def _path(_cast: Cast) -> None:
    module.count(what=Module.STARTED, path=Path(uuid4()), by=ANYONE)


def _play(_cast: Cast) -> None:
    playing.count(story="ca-circule", mode=Mode.ALONE, what=Story.BEGUN, by=ANYONE)


def _verdict(_cast: Cast) -> None:
    content = make_decided()
    removal.note_removed(content_id=content.id, at=clock.now(), by=SYSTEM)


def _finished(_cast: Cast) -> None:
    module.count(what=Module.FINISHED, path=Path(uuid4()), by=ANYONE)


def _trained(_cast: Cast) -> None:
    module.count(what=Module.PASSED, path=Path(uuid4()), by=ANYONE)


def _badge(_cast: Cast) -> None:
    whom = next(one for one in audiences("fr").every if not one.asks_area)
    token = links.carried(Path(uuid4(), counted=True, passed=True))
    badge = training_actions.ask_online(token=token, audience=whom.code, is_adult=True, by=ANYONE)
    training_actions.give(badge_ids=[badge], by=SYSTEM)


def _kept(_cast: Cast) -> None:
    charters.count(what=Charter.REOPENED, band="3-5", by=ANYONE)


def _charter_done(_cast: Cast) -> None:
    charters.count(what=Charter.FINISHED, band="3-5", by=ANYONE)


def _end(_cast: Cast) -> None:
    playing.count(story="ca-circule", mode=Mode.ALONE, what=Story.ENDED, by=ANYONE)


def _quiz(_cast: Cast) -> None:
    quizzes.count(what=Quiz.FINISHED, quiz=public()[0], by=ANYONE)


def _view(_cast: Cast) -> None:
    actions.count_past(use=Use(UsageKind.VIEW, "one-more"), days={ENDS: 1}, by=SYSTEM)


def _download(_cast: Cast) -> None:
    actions.count_past(use=Use(UsageKind.DOWNLOAD, "one-more"), days={ENDS: 1}, by=SYSTEM)


def _listener(cast: Cast) -> None:
    staffing.set_contract(
        account=UUID(cast.listeners[0].key), halves=0, skills=[], by=cast.by_role["helpline_lead"]
    )


def _press(cast: Cast) -> None:
    told = ItemTold(
        day=ENDS,
        outlet="Le Quai",
        title="Un de plus",
        medium=Outlet.PRINT,
        topic=BULLYING,
        sequence=TEENAGERS,
        campaign=SAFER_INTERNET,
        audience=Quantity(Decimal(1_000), Bound.ABOUT),
    )
    note_press(told=[told], by=cast.by_role["steering_office"])


def _read(code: str, series: Series, number: int, since: date | None = None) -> Callable[..., None]:
    def reading(cast: Cast) -> None:
        told = ReadingTold(
            series=series,
            since=since,
            day=ENDS,
            quantity=Quantity(Decimal(number)),
            source="audience.example" if since else "",
            method=How.IMPORTED if since else How.DECLARED,
        )
        followed = Followed.objects.get(code=code).id
        note_reading(followed_id=followed, told=told, by=cast.by_role["steering_office"])

    return reading


CHANGES: Final[tuple[tuple[str, Callable[[Cast], None], set[str]], ...]] = (
    ("a report", _report, {"HOT-REP", "HOT-CON", "HOT-CAT"}),
    ("a verdict", _verdict, {"HOT-REP", "HOT-CON", "HOT-CAT", "HOT-ILL", "HOT-GONE", "HOT-24H"}),
    ("a call", _calls, {"HEL-CALLS", "HEL-CALL", "HEL-ANS", "HEL-DUR"}),
    ("a contact", _contact, {"HEL-CON", "HEL-SUP", "HEL-TOPIC"}),
    ("a removal", _removal, {"REM-N", "REM-ASK", "REM-1H", "REM-4H", "REM-MEAN"}),
    ("a listener", _listener, {"LIS-N"}),
    ("a structure", of_network.structure, {"AMB-N", "AMB-AREA"}),
    ("a channel", of_network.channel, {"CAMP-MEDIA", "CAMP-INF", "CAMP-REACH"}),
    ("a campaign", of_network.campaign, {"CAMP-ED"}),
    ("a workshop", of_network.workshop, {"WS-N", "WS-P", "WS-CAMP"}),
    ("a school", of_network.school, {"INT-P", "INT-AGAIN"}),
    ("kits", of_network.kits, {"KIT-PRINT", "KIT-ASK"}),
    ("a country", of_network.country, {"NET-N"}),
    ("a platform", of_network.platform, {"PLAT-N"}),
    ("a panel", of_network.panel, {"YOUTH-P"}),
    ("a charter", _charter, {"FAM-START"}),
    ("a charter done", _charter_done, {"FAM-CHARTER", "FAM-KEEP"}),
    ("a charter kept", _kept, {"FAM-KEEP"}),
    ("a path", _path, {"MOOC-START"}),
    ("a path done", _finished, {"MOOC-END"}),
    ("a test passed", _trained, {"TRN-P"}),
    ("a badge", _badge, {"TRN-BADGE"}),
    ("a play", _play, {"GAME-PLAY"}),
    ("an end", _end, {"GAME-END"}),
    ("a quiz", _quiz, {"QUIZ-N"}),
    ("a view", _view, {"RES-VIEW"}),
    ("a download", _download, {"RES-DL"}),
    ("a tool", of_network.tool, {"RES-N", "RES-TOP"}),
    ("a webinar", of_network.webinar, {"EVT-N", "EVT-SPK", "WEBI-REG", "WEBI-ATT"}),
    ("an activity", of_network.activity, {"SID-ACT", "SID-P"}),
    (
        "a press item",
        _press,
        {"PRESS-N", "PRESS-ART", "PRESS-AUD", "PRESS-TOP", "PRESS-SEQ", "PRESS-CAMP"},
    ),
    ("downloads", _read("appli-play", Series.DOWNLOADS, 27_600), {"APP-DL"}),
    ("followers", _read("ligne-x", Series.FOLLOWERS, 9_700), {"SOC-FOL"}),
    ("views", _read("serie-youtube", Series.VIEWS, 6_300_000), {"VID-VIEW"}),
    ("visits", _read("site-ligne", Series.VISITS, 900, ENDS), {"WEB-VIS"}),
    (
        "visitors",
        _read("sites-parents", Series.VISITORS, 190_000, date(2023, 1, 1)),
        {"WEB-UV"},
    ),
)
# Each of these is moved in its module's own tests: an edition is of a year, a study is over, a film
# is counted by the views of its page, and fewer than eleven uses of the app are not shown.
_APP: Final = ("INST", "OPEN", "CHAT", "QUIZ", "VAULT", "BTN", "SITES")
_LABORATORY = ("LAB-N", "LAB-BLOCK")
ELSEWHERE: Final = frozenset(
    {"SID-ED", "SURV-N", "WEBI-REP", *_LABORATORY, *(f"APP-{each}" for each in _APP)}
)
