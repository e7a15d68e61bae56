"""The figures of the app, in words."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.foundation.statistics.boards import Figure, Form
from balise.helpline.app.rules.platforms import platforms
from balise.helpline.app.rules.uses import AppUseKind

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
