"""Free texts that nobody has read, for the home of who reads them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.awareness.surveys import access
from balise.awareness.surveys.queries import desk
from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due


def of_surveys(actor: Actor) -> Iterable[Due]:
    """Return the texts to read, survey by survey."""
    if not actor.may(access.TEXTS):
        return
    for each in desk.listed(seen_by=actor):
        yield Due(
            says=_("Answers in words to read"),
            count=desk.to_read(each.survey.id),
            url=reverse("staff:surveys:texts", args=[each.survey.id]),
        )
