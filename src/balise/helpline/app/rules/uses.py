"""What is counted of the app, where the young person agrees: a kind, and a button's platform."""

from collections.abc import Container

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused


class UseUnknown(Refused, code="app-use-unknown"):
    """Raised for what is not counted, or not of this platform."""


class AppUseKind(TextChoices):
    """What is counted; `static/app/count.js` has the same words."""

    INSTALL = "install", gettext_lazy("Installed")
    FIRST_OPEN = "first-open", gettext_lazy("Opened for the first time")
    CHAT = "chat", gettext_lazy("Chats begun")
    QUIZ = "quiz", gettext_lazy("Self-tests finished")
    VAULT = "vault", gettext_lazy("Vaults made")
    BUTTON = "button", pgettext_lazy("figures of the app", "Buttons pressed")


def use_of(kind: str, platform: str, *, known: Container[str]) -> tuple[AppUseKind, str]:
    """Return what is to be counted: a button's platform is one of those known, all else has none.

    Raises UseUnknown.
    """
    if kind not in AppUseKind.values or (kind == AppUseKind.BUTTON) != bool(platform):
        raise UseUnknown(_("This is not counted."))
    if platform and platform not in known:
        raise UseUnknown(_("This platform is not on the list."))
    return AppUseKind(kind), platform
