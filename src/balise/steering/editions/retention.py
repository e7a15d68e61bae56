"""What is forgotten of editions, and when: the links by which members read a draft."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped, past
from balise.steering.editions.models import Link

KEPT: Final = timedelta(days=365)

RULES = (
    Rule(
        name="steering.links",
        forgets=Link,
        says=_(
            "A link by which a member of the committee read a draft is deleted with what was "
            "asked by it, a year after it was over."
        ),
        due=past(Link, "until", KEPT),
        erase=dropped(Link),
    ),
)
