"""The register of structures: what everyone reads, what is private, what is sealed."""

from typing import Self
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext as _

from balise.awareness.places.structures.rules.facts import (
    LONGEST_MAIL,
    LONGEST_NAME,
    LONGEST_SUMMARY,
    LONGEST_TELEPHONE,
    LONGEST_WEB,
    StructureKind,
)
from balise.awareness.places.structures.rules.places import AlreadyClosed
from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable

LINE = "awareness"
CODE_FIELD = "structure.code"  # of the blind index
CODE = "network_structures.structure.sealed_code"
CONTACT = "network_structures.contact.sealed"
CORRECTION = "network_structures.correction.sealed"


class Structure(Lockable):
    """A structure of the network.

    `area` is empty abroad; `commune_code` where the country's table has no such commune. The point
    is that of the commune, else of the area. Private: `number`, `attested_on`, `sealed_code`.
    """

    name = models.CharField(max_length=LONGEST_NAME)
    folded = models.CharField(max_length=LONGEST_NAME)  # the name as it is compared
    kind = models.CharField(max_length=10)
    country = models.CharField(max_length=2)
    area = models.CharField(max_length=5, blank=True)
    commune = models.CharField(max_length=80)
    commune_code = models.CharField(max_length=5, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    number = models.CharField(max_length=30, blank=True, db_index=True)  # SIRET, RNA or RIDET
    outside_id = models.CharField(max_length=100, blank=True)  # in the file that it came from
    # The structure's own, for everyone.
    telephone = models.CharField(max_length=LONGEST_TELEPHONE, blank=True)
    mail = models.EmailField(max_length=LONGEST_MAIL, blank=True)
    web = models.URLField(max_length=LONGEST_WEB, blank=True)
    summary = models.CharField(max_length=LONGEST_SUMMARY, blank=True)
    audiences = models.JSONField(default=list)
    ages = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    radius = models.PositiveSmallIntegerField(null=True)  # km that it goes out
    is_online = models.BooleanField(default=False)  # it holds workshops online
    may_publish = models.BooleanField(default=False)  # it agreed to be on our page
    attested_on = models.DateField(null=True)
    code_index = models.BinaryField(max_length=16, unique=True)  # a blind of its secret code
    sealed_code = models.BinaryField()
    registered_at = models.DateTimeField()
    confirmed_on = models.DateField()
    asked_at = models.DateTimeField(null=True)  # whether it is still right
    closed_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    stands = Coded(StructureKind, "kind")

    class Meta:
        ordering = ("folded", "id")
        indexes = [
            models.Index(fields=("area", "folded"), name="structures_of_an_area"),
            # The list of all by name, and what the map counts.
            models.Index(
                fields=("folded", "id"),
                condition=models.Q(closed_on=None, may_publish=True),
                name="structures_by_name",
            ),
            models.Index(
                fields=("area", "country", "confirmed_on"),
                condition=models.Q(closed_on=None, may_publish=True),
                name="structures_on_the_map",
            ),
            models.Index(fields=("latitude", "longitude"), name="structures_by_point"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(closed_on__isnull=False),
                name="a_merged_structure_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def open_locked(cls, structure_id: UUID) -> Self:
        """Return a structure of the network, locked. Raises NotHere, AlreadyClosed."""
        structure = cls.locked(structure_id)
        if structure.closed_on is not None:
            raise AlreadyClosed(_("This structure has left the network."))
        return structure


class Convention(models.Model):
    """What a structure and the centre signed, from a day until another."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="conventions")
    signed_on = models.DateField()
    until = models.DateField(db_index=True)
    told_at = models.DateTimeField(null=True)  # that it ends soon

    class Meta:
        ordering = ("-until", "-id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("signed_on")),
                name="a_convention_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signed_on} – {self.until}"


class Contact(Lockable):
    """Someone who answers for a structure: name, role and address are sealed."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="contacts")
    language = models.CharField(max_length=10)
    sealed = models.BinaryField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "id")

    def __str__(self) -> str:
        return str(self.id)


class Correction(models.Model):
    """What a contact says is not right any more: sealed, until it is settled."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="corrections")
    sealed = models.BinaryField()
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sent_at", "id")

    def __str__(self) -> str:
        return str(self.id)
