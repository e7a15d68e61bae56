"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.foundation.grants import ALL, APP, PUBLIC, Declared, Grant
from balise.foundation.modules import Module, Mount
from balise.foundation.packs import PackFaulty
from balise.foundation.statistics.boards import Figure, Form, Plural, Wording
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Level
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.quantities import Bound
from balise.foundation.web.navigation import PublicEntry, StaffEntry
from balise.foundation.web.quick_exit import Kept, Where
from balise.helpline.app import access
from balise.helpline.app.demonstration import fill
from balise.helpline.app.events import AppUsed, ButtonSiteAdded, ButtonSiteEnded
from balise.helpline.app.queries import release
from balise.helpline.app.rules import plain
from balise.helpline.app.rules.leaflets import leaflets
from balise.helpline.app.rules.looks import looks
from balise.helpline.app.rules.plan import plan
from balise.helpline.app.rules.platforms import platforms
from balise.helpline.app.rules.quiz import Quiz, quiz
from balise.helpline.app.rules.uses import AppUseKind
from balise.helpline.app.rules.ways import CHAT, Way, every_way
from balise.helpline.app.tasks import SCHEDULE

# The figures of the app, in words.


FIGURES = (
    Figure(
        board="helpline",
        code="app-uses",
        measure="helpline.app",
        title=_("The app, where the young person agrees to be counted"),
        counted=npgettext_lazy("app", "%(many)s use", "%(many)s uses", "count"),
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(AppUseKind.choices),
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="helpline",
        code="app-buttons",
        measure="helpline.app.buttons",
        title=_("Buttons to the app pressed, by platform"),
        counted=ngettext_lazy("%(many)s press", "%(many)s presses", "count"),
        form=Form.CODES,
        by="platform",
        labels=lambda: platforms(settings.COUNTRY),
        sums=True,
    ),
    Figure(
        board="helpline",
        code="app-sites",
        measure="helpline.app.sites",
        title=_("Sites that began to show our button, by platform"),
        counted=ngettext_lazy("%(many)s site", "%(many)s sites", "count"),
        form=Form.CODES,
        by="platform",
        labels=lambda: platforms(settings.COUNTRY),
    ),
)


# The figures of the app that a committee speaks of, defined. Store downloads are readings.


def _of(kind: AppUseKind) -> Counts:
    return Counts("helpline.app", only=(("kind", (kind.value,)),), sums=True)


# Nobody is asked twice, and who did not agree is not counted: each number is a least.
_SHARED: Final[Mapping[str, Any]] = {
    "line": "helpline",
    "owner": _("Helpline: the app"),
    "bound": Bound.AT_LEAST,
}


def _one(
    code: str, name: Wording, definition: Wording, unit: Plural, source: Flow | Level
) -> Indicator:
    return Indicator(
        code=code, name=name, definition=definition, unit=unit, source=source, **_SHARED
    )


INDICATORS = (
    _one(
        "APP-INST",
        _("Installations of the web app"),
        _(
            "The web app is put on the home screen of a device, and the young person agreed to "
            "be counted: once a device. All since it is counted. Downloads from stores are a "
            "reading of their own (APP-DL), and never added to it."
        ),
        npgettext_lazy("app", "%(many)s installation", "%(many)s installations", "count"),
        Level(_of(AppUseKind.INSTALL)),
    ),
    _one(
        "APP-OPEN",
        _("Devices that opened the web app"),
        _(
            "A device counts once, when its user agrees to be counted. A device whose memory "
            "was cleared counts again. All since it is counted."
        ),
        ngettext_lazy("%(many)s device", "%(many)s devices", "count"),
        Level(_of(AppUseKind.FIRST_OPEN)),
    ),
    _one(
        "APP-CHAT",
        _("Chats begun in the app"),
        _("A chat counts when it is begun in the app by someone who agreed to be counted."),
        npgettext_lazy("figures", "%(many)s chat", "%(many)s chats", "count"),
        Flow(_of(AppUseKind.CHAT)),
    ),
    _one(
        "APP-QUIZ",
        _("Self-tests finished in the app"),
        _(
            "The self-test about bullying counts each time someone who agreed to be counted "
            "comes to its end. Answers and outcome are not known."
        ),
        ngettext_lazy("%(many)s self-test", "%(many)s self-tests", "count"),
        Flow(_of(AppUseKind.QUIZ)),
    ),
    _one(
        "APP-VAULT",
        _("Vaults made"),
        _(
            "A vault counts once, when it is made on a device by someone who agreed to be "
            "counted. One that was cleared stays counted. What is inside is not known."
        ),
        ngettext_lazy("%(many)s vault", "%(many)s vaults", "count"),
        Level(_of(AppUseKind.VAULT)),
    ),
    Indicator(
        code="APP-BTN",
        name=_("Buttons to the app pressed"),
        definition=_(
            "A press of the button that a platform or another site shows, by someone who agreed "
            "to be counted. The platform is the one that the button was made for."
        ),
        unit=ngettext_lazy("%(many)s press", "%(many)s presses", "count"),
        source=Flow(Counts("helpline.app.buttons", sums=True)),
        by="platform",
        labels=lambda: platforms(settings.COUNTRY),
        **_SHARED,
    ),
    Indicator(
        code="APP-SITES",
        line="helpline",
        name=_("Sites that show our button"),
        definition=_(
            "A site counts from the first day written on the signed list until the last one. "
            "A site of which we were not told is not in it."
        ),
        unit=ngettext_lazy("%(many)s site", "%(many)s sites", "count"),
        source=Level(
            Counts("helpline.app.sites"),
            went=Counts("helpline.app.sites-ended"),
        ),
        by="platform",
        labels=lambda: platforms(settings.COUNTRY),
        owner=_("Helpline: the app"),
        bound=Bound.AT_LEAST,
    ),
)


# What is counted of the app: of young people who agreed; sites.
#
# A day without any is no zero that may be told: those who did not agree are not counted.


MEASURES = (
    Measure("helpline.app", counts=AppUsed, by=("kind",), day="day", amount="times"),
    Measure(
        "helpline.app.buttons",
        counts=AppUsed,
        by=("platform",),
        day="day",
        amount="times",
        only=(("kind", AppUseKind.BUTTON.value),),
    ),
    # Each of these stands in a public list by its name.
    Measure(
        "helpline.app.sites",
        counts=ButtonSiteAdded,
        by=("platform",),
        day="since",
    ),
    Measure(
        "helpline.app.sites-ended",
        counts=ButtonSiteEnded,
        by=("platform",),
        day="until",
    ),
)


# What the public door may do with the app's tables: add to tallies, give the list of sites.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_app_usetally",),
        to=(PUBLIC, APP),
        why="It adds one to the tally of a day, where the young person says yes.",
        read=("id", "day", "kind", "platform", "times"),
        add=True,
        change=("times",),
    ),
    Grant(
        on=("helpline_app_signedsites",),
        to=(PUBLIC,),
        why="Anyone reads the signed list of the sites that show our button.",
        read=ALL,
    ),
)


# A demonstration signs its own release, again where it was drawn for other origins.


def sign_release() -> str:
    """Sign the release with the demonstration's own key; a centre's is on no server."""
    if not settings.DEMONSTRATION:
        return ""
    key = release.folder() / "demonstration.pem"
    if not key.exists():
        call_command("release", "key", out=key, stdout=StringIO())
    call_command("release", "make", stdout=StringIO())
    call_command("release", "sign", key=key, stdout=StringIO())
    return "The app's release is signed, with a key of the demonstration."


def draw_app_anew() -> None:
    """Sign the release again where it was drawn for other origins."""
    ours = {"app": settings.APP_ADDRESS, "public": settings.PUBLIC_ADDRESS}
    if dict(release.origins()) != (ours if settings.APP_ADDRESS else {}):
        sign_release()


MODULE = Module(
    public=(Mount(namespace="app"), Mount(listed="plain", plain=True)),
    staff=(Mount("helpline/app/", "app"),),
    own=(Mount(listed="own", plain=True), Mount(listed="last")),
    abilities={"listener": (access.WORDS,), "helpline_lead": (access.SITES, access.WORDS)},
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Sites with our button"),
            says=_("Who shows the button to the app; a public list, signed."),
            url_name="staff:app:sites",
            icon="link",
            ability=access.SITES,
        ),
        StaffEntry(
            line="helpline",
            label=_("Words about danger"),
            says=_("The quiz, its ways to help, the leaflet, the plan; whether they are signed."),
            url_name="staff:app:words",
            icon="shield",
            ability=access.WORDS,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Contacting us, step by step"),
            says=_("Four steps: from a first word to what comes after."),
            url_name="app:happens",
            is_own=True,
        ),
        PublicEntry(
            line="helpline",
            label=_("Our button on your site"),
            says=_("For platforms and sites that young people use."),
            url_name="app:button",
        ),
    ),
    keeps=(Kept(Where.SESSION, "app-from"),),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
    set_up=sign_release,
    before_run=draw_app_anew,
)


# The packs of the app are read before the first request; a release ought to be signed.


LANGUAGES: Final = ("fr", "en")


@register()
def words_of_the_app_are_sound(**_kwargs: Any) -> list[CheckMessage]:
    """Return an error for each fault of the looks, the quiz, the leaflets and the plan."""
    hint = "See helpline/app/packs."
    try:
        looks(settings.COUNTRY)
        return [Error(one, id="balise.E471", hint=hint) for one in faults(settings.COUNTRY)]
    except PackFaulty as fault:
        return [Error(str(fault), id="balise.E471", hint=hint)]


@register(deploy=True)
def the_release_is_signed(**_kwargs: Any) -> list[CheckMessage]:
    """W472: without a signed release, no phone keeps the app for when there is no network."""
    if not {"public", "app"} & set(settings.DOORS) or release.offered():
        return []
    return [
        Warning(
            f"{release.folder()} holds no signed release of the app.",
            hint="`balise release make` here, `balise release sign` where the key is.",
            id="balise.W472",
        )
    ]


def faults(country: str) -> Iterator[str]:
    """Yield what the packs of a country may not say: too hard, blaming, leading nowhere."""
    asked, found, papers, own = (
        quiz(country),
        every_way(country),
        leaflets(country),
        plan(country),
    )
    known = {one.code for one in papers}
    led = [
        (f"quiz.{version.code}.{outcome.code}", code)
        for version in asked.versions
        for outcome in version.outcomes
        for code in outcome.leaflets
    ]
    led += [(f"quiz.ways.{way.code}", way.leaflet) for way in found]
    yield from (f"{where}: no leaflet {code!r}" for where, code in led if code not in known)
    texts = [
        *plain.texts_of((asked.scale, asked.versions), "quiz"),
        *plain.texts_of(found, "quiz.ways"),
        *plain.texts_of(papers, "leaflets"),
        *plain.texts_of(own, "plan"),
    ]
    yield from plain.faults(texts, plain.blames(country), LANGUAGES)
    if country == settings.COUNTRY:
        yield from _numbers(asked, found, texts)


def _numbers(
    asked: Quiz, found: tuple[Way, ...], texts: list[tuple[str, str, str]]
) -> Iterator[str]:
    """Yield a button of a way that this centre has no number for, and numbers written by hand."""
    yield from plain.numbers_in(texts, (one.number for one in settings.CENTRE.numbers))
    for way in found:
        whom = {one.whom for one in asked.versions if one.code in way.versions}
        known = {one.code for one in settings.CENTRE.numbers if whom & one.whom} | {CHAT}
        for button in way.first:
            if not known & set(button.split("/")):
                yield f"quiz.ways.{way.code}: this centre has no {button}"
