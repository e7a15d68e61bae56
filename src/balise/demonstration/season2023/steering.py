"""What steering entered in the season: the press, and what others count."""

from datetime import date
from decimal import Decimal
from itertools import count

from balise.demonstration.season2023.awareness.network import SAFER_INTERNET
from balise.demonstration.season2023.plan import ENDS, ONE_NUMBER, WIDER_HOURS, Plan, cut
from balise.demonstration.season2023.telling import Cast, moment
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.statistics.indicators import Method
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.steering.diary.actions import note as note_day
from balise.steering.diary.rules import EntryKind, EntryTold
from balise.steering.indicators.actions import note_break
from balise.steering.press.actions import add_all, note_all as note_press
from balise.steering.press.rules.files import HeadingKind, ItemTold
from balise.steering.press.rules.syndication import Medium
from balise.steering.readings.actions import follow, note_all
from balise.steering.readings.rules.judging import Facts, Network, ReadingTold, Series, Thing

HELPLINE = ("HEL-CON", "HEL-SUP", "HEL-CALLS", "HEL-CALL", "HEL-ANS")  # what breaks concern
# Day, kind, in French and in English, the edition of what comes again, whether series change.
_DONE = (
    (date(2023, 2, 7), EntryKind.MEETING, "Rencontre de la journée",
     "Meeting of the day", None, False),
    (WIDER_HOURS, EntryKind.HOURS, "Horaires élargis : tous les jours, de 9 h à 23 h",
     "Hours widened: all days, from 9 to 23", None, True),
    (date(2023, 5, 29), EntryKind.PARTNERSHIP, "Accord avec un média",
     "A medium agrees", None, False),
    (date(2023, 7, 1), EntryKind.FESTIVAL, "Un festival de vidéo", "A video festival", None, False),
    (ONE_NUMBER, EntryKind.HOURS, "Un seul numéro", "One number for all", None, True),
    (ONE_NUMBER, EntryKind.MATCH, "Un match pour la cause", "A match for the cause", 2, False),
    (date(2023, 10, 10), EntryKind.VISIT, "Une visite officielle",
     "An official visit", None, False),
)  # fmt: skip
AUDIENCE, EQUIVALENT = 247_000_000, 13_500_000  # of the first half of 2023
BULLYING, TEENAGERS = "bullying", "rencontre-ados"
_FIRST_HALF = ("press-before", "press-sid", "press-spring")
_THEN = ("press-summer", "press-sequence", "press-bullying", "press-autumn")
_THEN_AUDIENCE = 90_000  # of one item after the first half
_MEDIA = (
    *(Medium.ONLINE,) * 9,
    *(Medium.PRINT,) * 5,
    *(Medium.RADIO,) * 3,
    *(Medium.TELEVISION,) * 2,
    Medium.AGENCY,
)
_OUTLETS = ("Le Quai", "Radio Digue", "La Gazette du Cap", "Canal Estran", "Le Fil du Large")
# What is followed: network, code, name, and what was read on two days.
_ACCOUNTS = (
    (Network.FACEBOOK, "ligne-facebook", 21_400, 22_900),
    (Network.X, "ligne-x", 9_200, 9_600),
    (Network.INSTAGRAM, "ligne-instagram", 5_100, 6_700),
    (Network.LINKEDIN, "ligne-linkedin", 4_300, 6_200),
    (Network.TIKTOK, "ligne-tiktok", 7_900, 11_800),
    (Network.INSTAGRAM, "parents-instagram", 4_800, 6_000),
)
_STORES = (
    (Network.PLAY, "appli-play", 11_800, 27_500),
    (Network.APP_STORE, "appli-app-store", 6_900, 15_500),
)
_VIDEOS = (
    (Network.YOUTUBE, "serie-youtube", 4_100_000, 6_200_000),
    (Network.TIKTOK, "serie-tiktok", 3_300_000, 5_900_000),
    (Network.FACEBOOK, "serie-facebook", 2_200_000, 2_900_000),
)
_NAMES = {
    "ligne-facebook": "La ligne sur Facebook",
    "ligne-x": "La ligne sur X",
    "ligne-instagram": "La ligne sur Instagram",
    "ligne-linkedin": "La ligne sur LinkedIn",
    "ligne-tiktok": "La ligne sur TikTok",
    "parents-instagram": "Les parents sur Instagram",
    "appli-play": "Play Store",
    "appli-app-store": "App Store",
    "serie-youtube": "La série sur YouTube",
    "serie-tiktok": "La série sur TikTok",
    "serie-facebook": "La série sur Facebook",
    "site-ligne": "Site de la ligne",
    "sites-parents": "Sites pour les parents",
}
_DAYS = (date(2022, 10, 17), date(2023, 10, 16))


def tell(plan: Plan, cast: Cast) -> dict[str, int]:
    """Enter press items and readings; return how many of each."""
    by = cast.by_role["steering_office"]
    return {"press items": _press(plan, by), "readings": _readings(by), "days": _diary(by)}


def _diary(by: Actor) -> int:
    """Write down what was done on a day; two of these change the helpline's series."""
    told = 0
    for on, kind, french, english, edition, is_break in _DONE:
        entry = EntryTold(
            kind=kind,
            first=on,
            last=on,
            titles={"fr": french, "en": english},
            series="match" if edition else "",
            edition=edition,
        )
        with clock.at(moment(on, 19 * 3600)):
            note_day(told=entry, by=by)
            if is_break:
                note_break(on=on, name_fr=french, name_en=english, indicators=HELPLINE, by=by)
        told += 1
    return told


def _press(plan: Plan, by: Actor) -> int:
    with clock.at(moment(date(2023, 1, 1), 8 * 3600)):
        add_all(
            added={
                HeadingKind.TOPIC: {BULLYING: "Harcèlement"},
                HeadingKind.SEQUENCE: {TEENAGERS: "Rencontre avec des adolescents"},
            },
            by=by,
        )
    number = count()
    halves = sum(plan.sum(code) for code in _FIRST_HALF)
    heard = iter(cut(plan.number(AUDIENCE), halves))
    worth = iter(cut(plan.number(EQUIVALENT), halves))
    noted = 0
    for code in (*_FIRST_HALF, *_THEN):
        for day, many in plan.days(code).items():
            told = [
                _item(
                    code,
                    day,
                    next(number),
                    next(heard) if code in _FIRST_HALF else _THEN_AUDIENCE,
                    next(worth) if code in _FIRST_HALF else None,
                )
                for _each in range(many)
            ]
            late = moment(day, 30 * 3600) if day < ENDS else moment(day, 21 * 3600)
            with clock.at(late):
                noted += len(note_press(told=told, by=by).new)
    return noted


def _item(code: str, day: date, number: int, audience: int, equivalent: int | None) -> ItemTold:
    return ItemTold(
        day=day,
        outlet=_OUTLETS[number % len(_OUTLETS)],
        title=f"Article d’exemple {number}",
        medium=_MEDIA[number % len(_MEDIA)],
        topic=BULLYING if code == "press-bullying" else "",
        sequence=TEENAGERS if code == "press-sequence" else "",
        campaign=SAFER_INTERNET if code == "press-sid" else "",
        audience=Quantity(Decimal(audience), Bound.ABOUT),
        equivalent=equivalent,
    )


def _readings(by: Actor) -> int:
    noted = 0
    for thing, series, followed in (
        (Thing.ACCOUNT, Series.FOLLOWERS, _ACCOUNTS),
        (Thing.STORE, Series.DOWNLOADS, _STORES),
        (Thing.VIDEO, Series.VIEWS, _VIDEOS),
    ):
        for network, code, *values in followed:
            with clock.at(moment(_DAYS[0], 9 * 3600)):
                made = follow(
                    kind=thing, code=code, facts=Facts(name=_NAMES[code], network=network), by=by
                )
            for day, value in zip(_DAYS, values, strict=True):
                with clock.at(moment(day, 10 * 3600)):
                    told = ReadingTold(series=series, day=day, quantity=Quantity(Decimal(value)))
                    noted += len(note_all(followed_id=made, told=[told], by=by))
    with clock.at(moment(ENDS, 9 * 3600)):
        for code, series, since, day, value in (
            ("site-ligne", Series.VISITS, date(2023, 1, 1), date(2023, 10, 17), 387_253),
            ("sites-parents", Series.VISITORS, date(2022, 1, 1), date(2022, 12, 31), 345_000),
        ):
            made = follow(kind=Thing.SITE, code=code, facts=Facts(name=_NAMES[code]), by=by)
            told = ReadingTold(
                series=series,
                since=since,
                day=day,
                quantity=Quantity(Decimal(value)),
                source="audience.example",
                method=Method.IMPORTED,
            )
            noted += len(note_all(followed_id=made, told=[told], by=by))
    return noted
