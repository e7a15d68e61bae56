"""Which contacts of the directory may be told on the rungs above a notice."""

from uuid import UUID

from balise.takedown.directory.models import Contact
from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.notices.models import Notice
from balise.takedown.notices.rules.states import OPEN

_ABOVE = (
    OrganisationKind.NETWORK,
    OrganisationKind.REGISTRAR,
    OrganisationKind.REGISTRY,
    OrganisationKind.HOST,
    OrganisationKind.PLATFORM,
)
_MOST = 500


def candidates(notice: Notice) -> list[tuple[UUID, str]]:
    """Return (contact, who and how) of those that have no open notice about the same content.

    Networks, registrars and registries come first, then hosts, each by name.
    """
    told = Notice.objects.filter(
        line=notice.line, subject=notice.subject, state__in=sorted(OPEN)
    ).values("contact_id")
    found = (
        Contact.objects.filter(approved_at__isnull=False, blocked_at__isnull=True)
        .filter(organisation__kind__in=[kind.value for kind in _ABOVE])
        .exclude(id__in=told)
        .select_related("organisation")
    )
    order = {kind.value: place for place, kind in enumerate(_ABOVE)}
    ranked = sorted(
        found[:_MOST],
        key=lambda one: (order[one.organisation.kind], one.organisation.name, one.rank),
    )
    return [
        (
            one.id,
            f"{one.organisation.name} · {one.organisation.organisation_kind.label} · {one.address}",
        )
        for one in ranked
    ]
