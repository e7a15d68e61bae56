"""When results may be published, and what is refused. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused


class TooFew(Refused, code="survey-too-few"):
    """Fewer people answered, in all or since the last edition, than the smallest group."""


class WeightedOtherwise(Refused, code="survey-weighted-otherwise"):
    """Whether answers are weighted stays as in the first edition: two results tell more."""


def check_many(answers: int, before: Sequence[int], *, minimum: int) -> None:
    """Refuse results of too few, or of too few more than the last edition. Raises TooFew."""
    if answers < minimum:
        raise TooFew(
            _("Results need %(fewest)d answers at least; %(most)d or fewer are no group.")
            % {"fewest": minimum, "most": minimum - 1}
        )
    if before and answers - before[-1] < minimum:
        raise TooFew(
            _(
                "An edition needs %(fewest)d answers more than the last one: the difference of two "
                "editions would tell what few people said."
            )
            % {"fewest": minimum}
        )


def are_enough(texts: int, *, minimum: int) -> bool:
    """Return whether so many texts of a question, read since the last edition, are published.

    Fewer wait for the next one: what two editions differ by is of many people too.
    """
    return texts >= minimum


def check_weighted(*, weighted: bool, before: Sequence[bool]) -> None:
    """Refuse another way than that of the first edition. Raises WeightedOtherwise."""
    if before and before[0] != weighted:
        raise WeightedOtherwise(
            _("The first edition was weighted: this one is too.")
            if before[0]
            else _("The first edition was not weighted: neither is this one.")
        )
