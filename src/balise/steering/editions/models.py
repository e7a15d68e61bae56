"""Editions with their sections and files, links to read them before, comments."""

from uuid import UUID

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from balise.foundation.clock import now
from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.finding import find
from balise.foundation.locking import Identified, Lockable
from balise.steering.editions.rules.kinds import COMMITTEE, template_of
from balise.steering.editions.rules.life import EditionState, Erratum, Life, mark_of, state_of
from balise.steering.editions.rules.preparing import Compared, EditionFrozen, Template, moment_words
from balise.steering.rules.periods import Period


class Edition(Lockable):
    """The deck of a day: a draft until it is frozen, then the same for good.

    `template` says of which kind it is; there is one of a kind a day, and its corrections, which
    `version` numbers. `known_by` is the last day whose records count. `deck` is its deck as
    canonical JSON: of a draft as it was last made, at `made_at`. Columns in `_by` are keys of who
    did it. `published_at` is the moment from which everyone reads it: ask `state`, for it may
    be to come.
    """

    template = models.CharField(max_length=20, default=COMMITTEE.code)
    day = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    first = models.DateField()
    last = models.DateField()
    known_by = models.DateField()
    compared = models.CharField(max_length=10, default=Compared.YEAR.value)
    made_at = models.DateTimeField(null=True)
    written_by = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(null=True)  # a second reader was
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=60, blank=True)
    approved = models.CharField(max_length=64, blank=True)  # the digest of what was read
    ticks = models.JSONField(default=list)
    alone = models.TextField(blank=True)  # why one person only read it
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.CharField(max_length=60, blank=True)
    published_at = models.DateTimeField(null=True)
    seen_before = models.JSONField(default=list)  # seats that read under embargo, and what for
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    erratum = models.PositiveSmallIntegerField(null=True)
    reasons = models.JSONField(default=dict)  # of the correction, by language
    replaced_at = models.DateTimeField(null=True)
    withdrawal_at = models.DateTimeField(null=True)  # it was asked for
    withdrawal_by = models.CharField(max_length=60, blank=True)
    withdrawal_reasons = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    deck = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)

    compares = Coded(Compared, "compared")
    corrects_as = CodedIfAny(Erratum, "erratum")

    class Meta:
        ordering = ("-day", "template", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("template", "day", "version"), name="one_edition_a_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.template} {self.day:%Y-%m-%d}"

    @property
    def kind(self) -> Template:
        """Return its template."""
        return template_of(self.template)

    @property
    def life(self) -> Life:
        """Return the moments of its life."""
        return Life(
            asked_at=self.asked_at,
            approved_at=self.approved_at,
            frozen_at=self.frozen_at,
            published_at=self.published_at,
            replaced_at=self.replaced_at,
            withdrawn_at=self.withdrawn_at,
        )

    @property
    def state(self) -> EditionState:
        """Return its state now."""
        return state_of(self.life, now())

    @property
    def mark(self) -> str:
        """Return its name in addresses."""
        return mark_of(self.day, self.version)

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @classmethod
    def locked_draft(cls, edition_id: UUID) -> "Edition":
        """Return an edition that is not frozen, locked; refuse one that is, saying since when."""
        edition = cls.locked(edition_id)
        if edition.frozen_at is not None:
            raise EditionFrozen(
                _("This edition is frozen since %(moment)s. A correction is a new edition.")
                % {"moment": moment_words(localtime(edition.frozen_at))}
            )
        return edition


class Section(Lockable):
    """A page of an edition; `code` is of the template. Titles and notes are by language.

    `versions` are those of its indicators when its words were last written.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    is_in = models.BooleanField(default=True)
    titles = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    versions = models.JSONField(default=dict)

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "code"), name="one_section_a_page"),
        )

    def __str__(self) -> str:
        return self.code

    @classmethod
    def locked_in(cls, edition: Edition, code: str) -> "Section":
        """Return a page of an edition, locked until the open transaction ends. Raises NotHere."""
        rows = cls._default_manager.select_for_update()
        return find(rows, edition=edition, code=code)


class File(Identified):
    """A file of a frozen edition, as it was drawn.

    One that `is_public` was drawn for everyone: its figures have the addresses of their pages.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    is_public = models.BooleanField(default=False)
    address = models.CharField(max_length=250, blank=True)  # of the site, as it names it
    form = models.CharField(max_length=4)
    language = models.CharField(max_length=10)
    octets = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    versions = models.JSONField()  # of the programs that drew it, by name

    class Meta:
        ordering = ("is_public", "language", "form")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "is_public", "form", "language"), name="one_file_a_form"
            ),
        )

    def __str__(self) -> str:
        return f"{self.form} {self.language}"


class Link(Lockable):
    """A numbered link for a seat of the committee to read a draft, until a day.

    One with `from_at` shows a frozen edition under embargo from that moment, for a `purpose`. Its
    token is not kept: the page is found by a digest of it.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="links")
    number = models.PositiveSmallIntegerField()
    seat = models.CharField(max_length=250)
    purpose = models.CharField(max_length=250, blank=True)
    from_at = models.DateTimeField(null=True)
    mark = models.BinaryField(max_length=32, unique=True)
    until = models.DateField()
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "number"), name="one_link_a_number"),
        )

    def __str__(self) -> str:
        return str(self.number)


class Comment(Lockable):
    """What a member asks of a page, or of the whole edition, and the answer to it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="comments")
    section = models.ForeignKey(Section, models.CASCADE, null=True, related_name="comments")
    link = models.ForeignKey(Link, models.CASCADE, null=True, related_name="comments")
    at = models.DateTimeField()
    words = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return str(self.id)
