"""The boards of figures: which measures of a line are shown, in which words.

Steering knows no line, and the lines know no board; this is the one place to extend when a line
counts something new. Every breakdown is published month by month with its small numbers withheld:
two breakdowns of one measure may not be worked out from each other (docs/operations/figures.md).
"""

from functools import partial

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from balise.foundation.accounts.queries import partner_names
from balise.helpline.cases.rules.received import AgeBand as AgeOfChild
from balise.helpline.cases.rules.received import Outcome
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.rules import Channel as ContactChannel
from balise.helpline.removals.queries import platform_names
from balise.helpline.removals.rules.requests import ItemKind
from balise.helpline.removals.rules.states import Decision
from balise.helpline.telephony.rules.calls import WAITS
from balise.hotline.reports.rules.categories import categories
from balise.hotline.reports.rules.words import AgeBand, Channel, Verdict
from balise.steering.rules.boards import Board, Figure, Form
from balise.takedown.law.rules.items import FACTS
from balise.takedown.watch.rules.removals import HEADINGS
from balise.takedown.watch.rules.verdicts import MISSES

_REPORTS = ngettext_lazy("%(many)s report", "%(many)s reports", "count")
_FINISHED = ngettext_lazy("%(many)s complete report", "%(many)s complete reports", "count")
_CONTENTS = ngettext_lazy("%(many)s reported content", "%(many)s reported contents", "count")
_KNOWN = ngettext_lazy(
    "%(many)s content that was known already", "%(many)s contents that were known already", "count"
)
_ITEMS = ngettext_lazy("%(many)s illegal item", "%(many)s illegal items", "count")
_VERDICTS = ngettext_lazy("%(many)s verdict", "%(many)s verdicts", "count")
_REMOVED = ngettext_lazy("%(many)s content removed", "%(many)s contents removed", "count")
_BACK = ngettext_lazy(
    "%(many)s content that came back", "%(many)s contents that came back", "count"
)
_MOVED = ngettext_lazy(
    "%(many)s content at another host", "%(many)s contents at another host", "count"
)
_TOLD = ngettext_lazy("%(many)s dossier handed over", "%(many)s dossiers handed over", "count")
_SENT = ngettext_lazy("%(many)s removal asked for", "%(many)s removals asked for", "count")
_GONE = ngettext_lazy("%(many)s removal", "%(many)s removals", "count")
_DECISIONS = ngettext_lazy("%(many)s decision", "%(many)s decisions", "count")
_CONTACTS = ngettext_lazy("%(many)s contact", "%(many)s contacts", "count")
_GIVEN_UP = ngettext_lazy(
    "%(many)s call that was given up", "%(many)s calls that were given up", "count"
)
_TOPICS = ngettext_lazy("%(many)s topic", "%(many)s topics", "count")
_REFERRALS = ngettext_lazy("%(many)s referral", "%(many)s referrals", "count")
_TAKEN = ngettext_lazy("%(many)s referral taken", "%(many)s referrals taken", "count")
_PARTNERS_REPORTS = ngettext_lazy(
    "%(many)s report of a partner", "%(many)s reports of partners", "count"
)
_PROCESSED = ngettext_lazy("%(many)s report processed", "%(many)s reports processed", "count")
_CLOSED = ngettext_lazy("%(many)s referral closed", "%(many)s referrals closed", "count")


def _codes(fact: str) -> dict[str, object]:
    return dict(FACTS[fact].choices)


def _categories() -> dict[str, object]:
    return {one.code: one.name for one in categories(settings.COUNTRY)}


def _contact_kinds() -> dict[str, object]:
    return {kind.code: kind.label for kind in contacts.contact_kinds()}


def _topics() -> dict[str, object]:
    return {topic.code: topic.label for topic in contacts.topics().topics}


def _places() -> dict[str, object]:
    return dict(contacts.form().choices("places"))


HOTLINE = Board(
    code="hotline",
    line="hotline",
    title=_("Hotline figures"),
    figures=(
        Figure(
            code="received",
            measure="hotline.reports.received",
            title=_("Reports, day by day"),
            counted=_REPORTS,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="contents",
            measure="hotline.reports.received",
            title=_("Reported contents"),
            counted=_CONTENTS,
            form=Form.NUMBER,
            sums=True,
            is_key=True,
        ),
        Figure(
            code="known",
            measure="hotline.contents.known",
            title=_("Contents that were known already"),
            counted=_KNOWN,
            form=Form.NUMBER,
            sums=True,
            is_key=True,
        ),
        Figure(
            code="categories",
            measure="hotline.reports.finished",
            title=_("Reports by category"),
            counted=_FINISHED,
            form=Form.CODES,
            by="category",
            labels=_categories,
        ),
        Figure(
            code="ages",
            measure="hotline.reports.finished",
            title=_("Reports by age of the reporter"),
            counted=_FINISHED,
            form=Form.CODES,
            by="age_band",
            labels=lambda: dict(AgeBand.choices),
            in_given_order=True,
        ),
        Figure(
            code="channels",
            measure="hotline.reports.received",
            title=_("Reports by channel"),
            counted=_REPORTS,
            form=Form.CODES,
            by="channel",
            labels=lambda: dict(Channel.choices),
        ),
        Figure(
            code="verdicts",
            measure="hotline.verdicts",
            title=_("Verdicts"),
            counted=_VERDICTS,
            form=Form.CODES,
            by="verdict",
            labels=lambda: dict(Verdict.choices),
        ),
        *(
            Figure(
                code=f"items-{fact}",
                measure="hotline.items",
                title=title,
                counted=_ITEMS,
                form=Form.CODES,
                by=fact,
                labels=partial(_codes, fact),
                in_given_order=True,
                sums=True,
            )
            for fact, title in (
                ("age", _("Illegal items by age")),
                ("sex", _("Illegal items by sex")),
                ("act", _("Illegal items by gravity")),
            )
        ),
        Figure(
            code="time-to-verdict",
            measure="hotline.time-to-verdict",
            title=_("From report to verdict"),
            counted=_VERDICTS,
            form=Form.SPANS,
            by="band",
            is_key=True,
        ),
        Figure(
            code="time-to-removal",
            measure="hotline.time-to-removal",
            title=_("From verdict to removal"),
            counted=_REMOVED,
            form=Form.SPANS,
            by="band",
            is_key=True,
        ),
        Figure(
            code="time-to-police",
            measure="takedown.time-to-police",
            title=_("From report to police"),
            counted=_TOLD,
            form=Form.SPANS,
            by="band",
            is_key=True,
        ),
        Figure(
            code="reappeared",
            measure="hotline.contents.reappeared",
            title=_("Contents that came back"),
            counted=_BACK,
            form=Form.NUMBER,
            is_key=True,
        ),
    ),
)

# From the notice, where the hotline's own board counts from the verdict.
REMOVALS = Board(
    code="removals",
    line="hotline",
    title=_("Removal figures"),
    figures=(
        Figure(
            code="gone",
            measure="hotline.removals.headings",
            title=_("Contents gone, day by day"),
            counted=_REMOVED,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="headings",
            measure="hotline.removals.headings",
            title=_("From the first notice to removal, in days"),
            counted=_REMOVED,
            form=Form.CODES,
            by="heading",
            labels=lambda: {each.value: words for each, words in HEADINGS.items()},
            in_given_order=True,
        ),
        Figure(
            code="seen",
            measure="hotline.removals.seen",
            title=_("How it showed that they were gone"),
            counted=_REMOVED,
            form=Form.CODES,
            by="seen",
            labels=lambda: {each.value: each.label for each in sorted(MISSES)},
        ),
        Figure(
            code="back",
            measure="hotline.removals.back",
            title=_("Contents that came back"),
            counted=_BACK,
            form=Form.NUMBER,
            is_key=True,
        ),
        Figure(
            code="moved",
            measure="hotline.removals.host-moved",
            title=_("Contents that changed their host"),
            counted=_MOVED,
            form=Form.NUMBER,
            is_key=True,
        ),
    ),
)

HELPLINE = Board(
    code="helpline",
    line="helpline",
    title=_("Helpline figures"),
    figures=(
        Figure(
            code="contacts",
            measure="helpline.contacts.wrapped",
            title=_("Contacts, day by day"),
            counted=_CONTACTS,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="calls-given-up",
            measure="helpline.calls.abandoned",
            title=_("Calls that were given up, by how long they waited"),
            counted=_GIVEN_UP,
            form=Form.CODES,
            by="band",
            labels=lambda: dict(WAITS),
            in_given_order=True,
            is_key=True,
        ),
        Figure(
            code="contact-channels",
            measure="helpline.contacts.wrapped",
            title=_("Contacts by channel"),
            counted=_CONTACTS,
            form=Form.CODES,
            by="channel",
            labels=lambda: dict(ContactChannel.choices),
        ),
        Figure(
            code="contact-types",
            measure="helpline.contacts.wrapped",
            title=_("Contacts by type"),
            counted=_CONTACTS,
            form=Form.CODES,
            by="kind",
            labels=_contact_kinds,
        ),
        Figure(
            code="contact-places",
            measure="helpline.contacts.wrapped",
            title=_("Where it happened"),
            counted=_CONTACTS,
            form=Form.CODES,
            by="place",
            labels=_places,
        ),
        Figure(
            code="topics",
            measure="helpline.topics.met",
            title=_("What contacts were about"),
            counted=_TOPICS,
            form=Form.CODES,
            by="topic",
            labels=_topics,
        ),
        Figure(
            code="referrals",
            measure="helpline.referrals.received",
            title=_("Referrals, day by day"),
            counted=_REFERRALS,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="referral-ages",
            measure="helpline.referrals.received",
            title=_("Referrals by age"),
            counted=_REFERRALS,
            form=Form.CODES,
            by="age_band",
            labels=lambda: dict(AgeOfChild.choices),
            in_given_order=True,
        ),
        Figure(
            code="time-to-listener",
            measure="helpline.referrals.taken",
            title=_("From referral to listener"),
            counted=_TAKEN,
            form=Form.SPANS,
            by="band",
            is_key=True,
        ),
        Figure(
            code="outcomes",
            measure="helpline.referrals.closed",
            title=_("How referrals ended"),
            counted=_CLOSED,
            form=Form.CODES,
            by="outcome",
            labels=lambda: dict(Outcome.choices),
            is_key=True,
        ),
    ),
)

PLATFORMS = Board(
    code="platforms",
    line="helpline",
    title=_("Figures of the removal desk"),
    figures=(
        Figure(
            code="removals-sent",
            measure="helpline.removals.sent",
            title=_("Sent to platforms, day by day"),
            counted=_SENT,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="removals-gone",
            measure="helpline.removals.gone",
            title=_("Accounts and contents removed"),
            counted=_GONE,
            form=Form.CODES,
            by="kind",
            labels=lambda: dict(ItemKind.choices),
            is_key=True,
        ),
        Figure(
            code="removals-platforms",
            measure="helpline.removals.sent",
            title=_("Sent, by platform"),
            counted=_SENT,
            form=Form.CODES,
            by="platform",
            labels=platform_names,
        ),
        Figure(
            code="removals-decisions",
            measure="helpline.removals.decided",
            title=_("What platforms decided"),
            counted=_DECISIONS,
            form=Form.CODES,
            by="decision",
            labels=lambda: dict(Decision.choices),
        ),
        Figure(
            code="removals-silent",
            measure="helpline.removals.silent",
            title=_("Platforms let their time pass in silence"),
            counted=_SENT,
            form=Form.NUMBER,
            is_key=True,
        ),
        Figure(
            code="removals-back",
            measure="helpline.removals.back",
            title=_("What came back after it was removed"),
            counted=_GONE,
            form=Form.NUMBER,
            is_key=True,
        ),
    ),
)

PARTNERS = Board(
    code="partners",
    line="hotline",
    title=_("Figures of the partners"),
    figures=(
        Figure(
            code="partners-received",
            measure="hotline.partners.received",
            title=_("Reports of partners, day by day"),
            counted=_PARTNERS_REPORTS,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="partners-received-by",
            measure="hotline.partners.received",
            title=_("Reports received, by partner"),
            counted=_PARTNERS_REPORTS,
            form=Form.CODES,
            by="partner",
            labels=partner_names,
        ),
        Figure(
            code="partners-processed",
            measure="hotline.partners.processed",
            title=_("Reports processed, by partner"),
            counted=_PROCESSED,
            form=Form.CODES,
            by="partner",
            labels=partner_names,
            is_key=True,
        ),
        Figure(
            code="partners-time",
            measure="hotline.partners.time-to-processed",
            title=_("From report to the last verdict"),
            counted=_PROCESSED,
            form=Form.SPANS,
            by="band",
            is_key=True,
        ),
    ),
)

BOARDS = (HOTLINE, PARTNERS, REMOVALS, HELPLINE, PLATFORMS)
