"""Make a case of a referral: who it is about and what they said, copied in one press."""

from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of
from balise.foundation.journal.book import record
from balise.helpline.cases import access
from balise.helpline.cases.actions import listening, opening, writing
from balise.helpline.cases.events.received import ReferralFiled
from balise.helpline.cases.models.received import Referral
from balise.helpline.cases.queries import files
from balise.helpline.cases.rules.sections import Section


def make_file(*, referral_id: UUID, by: Actor) -> UUID:
    """Return the file of a referral that one has taken, made at the first press.

    The reading of what is sealed is written down, as `open_words` does. Where a colleague made the
    file and one is not on it: NotOnCase.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        one = Referral.locked(referral_id)
        told = listening.open_words(referral_id=one.id, by=by)
        if one.case_id is not None:
            files.require_on(one.case_id, who=by)
            return one.case_id
        day = date_format(day_of(one.received_at), "SHORT_DATE_FORMAT")
        case = opening.begin(title=_("Referred on %(day)s") % {"day": day}, by=by)
        if told.contact:
            given = {"reach": told.contact}
            writing.write(case_id=case.id, section=Section.PEOPLE, given=given, by=by)
        for words in filter(None, (told.words, told.note)):
            given = {"text": words}
            writing.write(case_id=case.id, section=Section.NOTES, given=given, by=by)
        one.case = case
        one.save(update_fields=("case",))
        record(ReferralFiled(subject=one.id, case=case.id), by=by)
    return case.id
