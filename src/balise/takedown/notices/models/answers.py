"""Answers, by page, by mail or by hand, and objections."""

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.locking import OfLine
from balise.takedown.notices.models.notices import Mailing, Notice
from balise.takedown.notices.rules.inbound import MailKind, Said, Via
from balise.takedown.notices.rules.redress import Contester, Ruling

KEY_BYTES = 16


class Answer(OfLine):
    """What a recipient said. It waits for a person until `settled_at`; `sealed` is its words.

    It answers a notice, or a mail about several, or something that nobody has recognised yet.
    """

    mailing = models.ForeignKey(
        Mailing, models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    notice = models.ForeignKey(
        Notice, models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    via = models.CharField(max_length=4)
    kind = models.CharField(max_length=10, default=MailKind.ANSWER.value)
    # On the page they chose it; in a mail it is only what the words seem to say.
    said = models.CharField(max_length=24, blank=True)
    sealed = models.BinaryField()
    received_at = models.DateTimeField()
    # A blind index of the Message-ID: the same mail is kept once.
    message_key = models.BinaryField(max_length=KEY_BYTES, null=True, unique=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=60, blank=True)

    mail_kind = Coded(MailKind, "kind")
    came_via = Coded(Via, "via")
    says = CodedIfAny(Said, "said")

    class Meta:
        ordering = ("received_at", "id")
        indexes = (
            models.Index(
                fields=("line", "received_at"),
                name="answers_that_wait",
                condition=Q(settled_at__isnull=True),
            ),
            models.Index(fields=("settled_at",), name="answers_settled"),
        )
        constraints = (
            models.CheckConstraint(
                name="answer_is_of_a_way_and_kind_we_know",
                condition=Q(
                    via__in=[each.value for each in Via],
                    kind__in=[each.value for each in MailKind],
                    said__in=["", *(each.value for each in Said)],
                ),
            ),
        )

    @property
    def is_forgotten(self) -> bool:
        return not self.sealed


class Contest(OfLine):
    """Someone objects to a notice. Its grounds, where to answer and the reasons are sealed."""

    locked_with = "notice__contact__organisation"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="contests")
    contester = models.CharField(max_length=8)
    via = models.CharField(max_length=4)
    language = models.CharField(max_length=2)
    sealed = models.BinaryField()
    received_at = models.DateTimeField()
    noted_by = models.CharField(max_length=60, blank=True)
    ruling = models.CharField(max_length=10, blank=True)
    ruled_by = models.CharField(max_length=60, blank=True)
    ruled_at = models.DateTimeField(null=True, blank=True)
    reasons = models.BinaryField(default=b"")

    contested_by = Coded(Contester, "contester")
    came_via = Coded(Via, "via")
    came_of_it = CodedIfAny(Ruling, "ruling")

    class Meta:
        ordering = ("received_at", "id")
        indexes = (
            models.Index(
                fields=("line", "received_at"), name="contests_that_wait", condition=Q(ruling="")
            ),
            models.Index(fields=("ruled_at",), name="contests_ruled"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("notice", "contester"),
                condition=Q(ruling="") & ~Q(contester="other"),
                name="host_and_author_contest_a_notice_once_at_a_time",
            ),
            models.CheckConstraint(
                name="contest_is_of_words_we_know",
                condition=Q(
                    contester__in=[each.value for each in Contester],
                    via__in=[each.value for each in Via],
                    ruling__in=["", *(each.value for each in Ruling)],
                    language__in=("fr", "en"),
                ),
            ),
            models.CheckConstraint(
                name="contest_is_ruled_by_someone_with_reasons",
                condition=Q(ruling="", ruled_at__isnull=True)
                | (~Q(ruling="") & Q(ruled_at__isnull=False) & ~Q(ruled_by="")),
            ),
        )

    @property
    def is_forgotten(self) -> bool:
        return not self.sealed
