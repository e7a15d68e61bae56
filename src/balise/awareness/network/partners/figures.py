"""The figures of partners and working groups, in words.

How many partners are in force is a stock: it is read for a day on the page of partners, and no
figure of a period is a sum of it.
"""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.network.partners.rules.advice import RecommendationState
from balise.awareness.network.partners.rules.groups import GroupKind
from balise.awareness.network.partners.rules.mandates import AgreementKind
from balise.foundation.statistics.boards import Figure, Form

FIGURES = (
    Figure(
        board="awareness",
        code="agreements",
        measure="awareness.partners.agreements",
        title=_("Agreements signed with partners, by kind"),
        counted=ngettext_lazy("%(many)s agreement", "%(many)s agreements", "count"),
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(AgreementKind.choices),
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="meetings",
        measure="awareness.groups.meetings",
        title=_("Meetings of working groups, by kind"),
        counted=ngettext_lazy("%(many)s meeting", "%(many)s meetings", "count"),
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(GroupKind.choices),
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="youth-panel",
        measure="awareness.groups.youth",
        title=_("Young people at sessions of the youth panel"),
        counted=ngettext_lazy(
            "%(many)s young person present", "%(many)s young people present", "count"
        ),
        form=Form.NUMBER,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="opinions",
        measure="awareness.groups.opinions",
        title=_("Opinions published, by kind of group"),
        counted=ngettext_lazy("%(many)s opinion", "%(many)s opinions", "count"),
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(GroupKind.choices),
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="recommendations",
        measure="awareness.groups.recommendations",
        title=_("Recommendations to companies, by outcome"),
        counted=ngettext_lazy("%(many)s step", "%(many)s steps", "count"),
        form=Form.CODES,
        by="state",
        labels=lambda: dict(RecommendationState.choices),
        in_given_order=True,
    ),
)
