"""The figures of the app that a committee speaks of, defined. Store downloads are readings."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.foundation.statistics.boards import Plural, Wording
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Level
from balise.foundation.statistics.quantities import Bound
from balise.helpline.app.rules.platforms import platforms
from balise.helpline.app.rules.uses import AppUseKind


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
