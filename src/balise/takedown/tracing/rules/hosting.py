"""When a content has changed hands: which differences between two traces mean another host."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balise.takedown.tracing.rules.live import LiveTrace

LONGEST_CODE = 40
_NAME_LEADS_NOWHERE = "no-public-address"
_TRACER_SILENT = "tracer-silent"


class Found(TextChoices):
    """What a trace found out about where a host is."""

    HOST = "host", pgettext_lazy("trace", "The trace found who hosts it.")
    NOTHING = (
        "nothing",
        pgettext_lazy(
            "trace", "The trace found nobody: neither names nor registers say who hosts it."
        ),
    )
    NOWHERE = "nowhere", pgettext_lazy("trace", "The name leads to no public address.")
    SILENT = "silent", pgettext_lazy("trace", "The tracer did not answer: no request was made.")
    NO_NAME = "no-name", pgettext_lazy("trace", "Not at a public web address: nothing to trace.")


def found_by(trace: LiveTrace) -> Found:
    """Return what a trace found out.

    A name that leads nowhere has no address, whatever the registers say of its domain.
    """
    codes = {problem.code for problem in trace.problems}
    if trace.is_known:
        return Found.HOST
    if _TRACER_SILENT in codes:
        return Found.SILENT
    return Found.NOWHERE if _NAME_LEADS_NOWHERE in codes else Found.NOTHING


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose network a content is in: it is compared, and may be stored in clear."""

    asn: int | None = None
    network: str = ""
    country: str = ""
    cdn: str = ""


def hands_of(trace: LiveTrace) -> Hands:
    """Return whose network a trace found."""
    return Hands(trace.asn, trace.network, trace.country, trace.cdn.code if trace.cdn else "")


def are_the_same(known: Hands, found: Hands, *, systems: Iterable[int] = ()) -> bool:
    """Return whether a content is still with the same host.

    What nobody says is no difference: a register that is silent today moves nobody. A name that
    leads to several networks is still at home as long as one of them (`systems`) is the known one.
    The country alone is no other host, and neither is another spelling of its name.
    """
    if known.cdn and found.cdn and known.cdn != found.cdn:
        return False
    if known.asn is not None and found.asn is not None:
        return known.asn == found.asn or known.asn in set(systems)
    if known.asn is None and found.asn is None and known.network and found.network:
        return known.network.casefold() == found.network.casefold()
    return True


def put_right(known: Hands, found: Hands) -> Hands:
    """Return what to keep of the same host: what was found now, what was known where it is silent.

    The system stays the known one where a name leads to several.
    """
    if known.asn is not None and found.asn != known.asn:
        return known
    return Hands(
        found.asn if found.asn is not None else known.asn,
        found.network or known.network,
        found.country or known.country,
        found.cdn or known.cdn,
    )
