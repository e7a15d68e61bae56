"""What staff find from any page: a notice by its short number."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.desk import Found, Search
from balise.takedown.notices import access
from balise.takedown.notices.queries import desk
from balise.takedown.notices.rules.states import NoticeState


def notices(words: str, actor: Actor) -> Iterator[Found]:
    """Yield the notices of someone's lines with a number, whom each is for and its state."""
    for one in desk.numbered(words, seen_by=actor):
        yield Found(
            one.number, reverse("staff:notices:notice", args=[one.id]), NoticeState(one.state).label
        )


SEARCHES = (Search(_("Notices"), access.READ, notices),)
