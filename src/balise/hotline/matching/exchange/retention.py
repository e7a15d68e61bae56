"""What is deleted of the exchange of hashes: for the data protection officer to confirm."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped, past
from balise.hotline.matching.exchange.models import (
    BadPage,
    Ballot,
    Held,
    Probe,
    Question,
    Sheet,
)

_YEAR = timedelta(days=365)

RULES = (
    Rule(
        name="hotline.hashes.probes",
        forgets=Probe,
        says=_("The fingerprints that a partner asked about, kept to count them: one day"),
        due=past(Probe, "at", timedelta(days=1)),
        erase=dropped(Probe),
    ),
    Rule(
        name="hotline.hashes.sheets",
        forgets=Sheet,
        says=_("A page of a bank that a partner did not fetch: one week after it was signed"),
        due=past(Sheet, "made_at", timedelta(days=7)),
        erase=dropped(Sheet),
    ),
    Rule(
        name="hotline.hashes.questions",
        forgets=Question,
        says=_("The fact that a partner asked about fingerprints: one year"),
        due=past(Question, "at", _YEAR),
        erase=dropped(Question),
    ),
    Rule(
        name="hotline.hashes.pages",
        forgets=BadPage,
        says=_(
            "A page of a list of fingerprints that could not be read: one year after it was read"
        ),
        due=past(BadPage, "settled_at", _YEAR),
        erase=dropped(BadPage),
    ),
    Rule(
        name="hotline.hashes.held",
        forgets=Held,
        says=_("The reference of a fingerprint that its source withdrew: one year after that"),
        due=past(Held, "gone_at", _YEAR),
        erase=dropped(Held),
    ),
    Rule(
        name="hotline.hashes.ballots",
        forgets=Ballot,
        says=_("A vote on a fingerprint of a source: one year after it was sent"),
        due=past(Ballot, "sent_at", _YEAR),
        erase=dropped(Ballot),
    ),
)
