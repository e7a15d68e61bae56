"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext, pgettext_lazy

from balise.awareness.places.structures import access
from balise.awareness.places.structures.actions import closing
from balise.awareness.places.structures.demonstration import fill
from balise.awareness.places.structures.events import StructureClosed, StructureRegistered
from balise.awareness.places.structures.models import LINE, Contact, Correction, Structure
from balise.awareness.places.structures.queries.register import home
from balise.awareness.places.structures.rules.delays import CONTACTS_KEPT, CORRECTIONS_KEPT
from balise.awareness.places.structures.rules.facts import StructureKind
from balise.awareness.places.structures.rules.places import ABROAD, Zone
from balise.awareness.places.structures.tasks import SCHEDULE
from balise.awareness.places.structures.web.due import of_network
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import day_of
from balise.foundation.grants import PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, emptied, past
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import Counts, Indicator, Level
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry

# The figures of structures, in words. The register's own page says how many are open today.


_JOINED = ngettext_lazy(
    "%(many)s organisation that joined", "%(many)s organisations that joined", "count"
)
_LEFT = ngettext_lazy(
    "%(many)s organisation that left", "%(many)s organisations that left", "count"
)


def _zones() -> Mapping[str, object]:
    return {
        Zone.METRO.value: pgettext_lazy("territory", "Mainland"),
        Zone.DROM.value: _("Overseas département"),
        Zone.COM.value: _("Overseas collectivity"),
        ABROAD: pgettext_lazy("territory", "Abroad"),
    }


FIGURES = (
    Figure(
        board="awareness",
        code="structures-kind",
        measure="awareness.structures-joined",
        title=_("Organisations that joined the network, by kind"),
        counted=_JOINED,
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(StructureKind.choices),
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="structures-zone",
        measure="awareness.structures-joined",
        title=_("Organisations that joined the network, by territory"),
        counted=_JOINED,
        form=Form.CODES,
        by="zone",
        labels=_zones,
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="structures-left",
        measure="awareness.structures-left",
        title=_("Organisations that left the network"),
        counted=_LEFT,
        form=Form.NUMBER,
    ),
)


# The figures of the network that a committee speaks of, defined.


def _areas() -> Mapping[str, object]:
    """Return the names of areas by code; what is in none is abroad."""
    return {"": pgettext("place", "Abroad")} | {
        area.code: area.name for area in home().areas.values()
    }


INDICATORS = (
    Indicator(
        code="AMB-N",
        line="awareness",
        name=_("Organisations of the network"),
        definition=_(
            "An organisation counts from the day it is registered until the day it "
            "leaves. Two entries that turn out to be one count one."
        ),
        unit=ngettext_lazy("%(many)s organisation", "%(many)s organisations", "count"),
        source=Level(Counts("awareness.structures-joined"), Counts("awareness.structures-left")),
        owner=_("Network: the register of organisations"),
        by="kind",
        labels=lambda: dict(StructureKind.choices),
    ),
    Indicator(
        code="AMB-AREA",
        line="awareness",
        name=_("Organisations by territory"),
        definition=_("The organisations of the network, each where it is."),
        unit=ngettext_lazy("%(many)s organisation", "%(many)s organisations", "count"),
        source=Level(Counts("awareness.structures-joined"), Counts("awareness.structures-left")),
        owner=_("Network: the register of organisations"),
        by="area",
        labels=_areas,
    ),
)


# What is counted of structures: who joined. How many are open now is a stock, not a sum.


MEASURES = (
    Measure(
        "awareness.structures-joined",
        counts=StructureRegistered,
        by=("kind", "zone", "area"),
    ),
    Measure(
        "awareness.structures-left",
        counts=StructureClosed,
        by=("kind", "zone", "area"),
    ),
)


# What is forgotten of structures, and when.


def contacts_due(at: datetime) -> Iterable[UUID]:
    """Return the contacts of structures that left a year ago."""
    left = day_of(at - CONTACTS_KEPT)
    return Contact.objects.filter(structure__closed_on__lte=left).values_list("id", flat=True)


def erase_contacts(keys: Sequence[UUID]) -> int:
    """Destroy contacts with their keys; return how many."""
    return closing.erase(contacts=keys, by=SYSTEM)


def codes_due(at: datetime) -> Iterable[UUID]:
    """Return the structures that left a year ago and whose code is still kept."""
    found = Structure.objects.filter(closed_on__lte=day_of(at - CONTACTS_KEPT))
    return found.exclude(sealed_code=b"").values_list("id", flat=True)


RULES = (
    Rule(
        name="awareness.structure-contacts",
        forgets=Contact,
        says=_("Who answers for a structure is deleted 12 months after the structure left."),
        due=contacts_due,
        erase=erase_contacts,
    ),
    Rule(
        name="awareness.structure-codes",
        forgets=Structure,
        says=_("The secret code of a structure is deleted 12 months after the structure left."),
        due=codes_due,
        erase=emptied(Structure, "sealed_code"),
    ),
    Rule(
        name="awareness.structure-corrections",
        forgets=Correction,
        says=_("A correction that a structure sent is deleted after 90 days."),
        due=past(Correction, "sent_at", CORRECTIONS_KEPT),
        erase=deleted(Correction),
    ),
)


# What the public door may do with structures: read what is public; leave a correction.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_structures_structure",),
        to=(PUBLIC,),
        why="Everyone finds structures; whether one may meet minors follows from a day. No number.",
        read=(
            *("id", "name", "folded", "kind", "country", "area", "commune", "commune_code"),
            *("postcode", "address", "latitude", "longitude", "telephone", "mail", "web"),
            *("summary", "audiences", "ages", "topics", "languages", "radius", "is_online"),
            *("may_publish", "attested_on", "code_index", "confirmed_on", "closed_on"),
            "merged_into_id",
        ),
    ),
    Grant(
        on=("network_structures_convention",),
        to=(PUBLIC,),
        why="A structure's page says since when it is in the network.",
        read=("structure_id", "signed_on", "until"),
    ),
    Grant(
        on=("network_structures_contact",),
        to=(PUBLIC,),
        why="The link of a mail leads to the structure that its reader answers for; no name.",
        read=("id", "structure_id"),
    ),
    Grant(
        on=("network_structures_correction",),
        to=(PUBLIC,),
        why="A contact says, sealed, what is not right any more; it is never read here.",
        add=True,
    ),
    Tells(
        facts=("awareness.structure.confirmed", "awareness.structure.correction-sent"),
        by=(PUBLIC,),
    ),
)


MODULE = Module(
    public=(Mount(namespace="structures"),),
    staff=(Mount("awareness/structures/", "structures"),),
    abilities={
        "coordinator": (access.READ, access.WRITE),
        "awareness_lead": (access.READ, access.WRITE),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Network organisations"),
            says=_("Who carries our resources to the young: where, since when, how to reach them."),
            url_name="staff:structures:listed",
            icon="users",
            ability=access.READ,
        ),
        StaffEntry(
            line="awareness",
            label=_("Due in the network"),
            says=_("Conventions to renew, pages to confirm, missing attestations, duplicates."),
            url_name="staff:structures:due",
            icon="clock",
            ability=access.READ,
            due=of_network,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Near me"),
            says=_("Organisations of our network: workshops for families, schools and the young."),
            url_name="structures:near",
        ),
    ),
    retention=RULES,
    schedule=SCHEDULE,
    key_line=LINE,
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    grants=GRANTS,
    demonstration=fill,
)
