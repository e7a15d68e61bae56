"""The modules of this Balise: what each brings is told by its own `module.py`.

A centre turns on those that are optional. This list and `wiring` are the places to extend when a
module comes (CONTRIBUTING.md has the steps). Where people see several modules beside each other,
they see them in this order.
"""

from functools import cache
from importlib import import_module
from typing import Final

from django.conf import settings

from balise.foundation.modules import Module

LINES: Final = (
    "balise.hotline.reports",
    "balise.hotline.desk",
    "balise.hotline.welfare",
    "balise.hotline.abroad",
    "balise.hotline.matching.signals",
    "balise.hotline.matching.banks",
    "balise.hotline.matching.exchange",
    "balise.hotline.laboratory",
    "balise.helpline.console",
    "balise.helpline.contacts",
    "balise.helpline.conversations",
    "balise.helpline.telephony",
    "balise.helpline.channels",
    "balise.helpline.cases",
    "balise.helpline.removals",
    "balise.helpline.queue",
    "balise.helpline.staffing",
    "balise.helpline.app",
    "balise.helpline.vault",
    "balise.helpline.pictures",
    "balise.awareness.publications",
    "balise.awareness.usage",
    "balise.awareness.learning.events",
    "balise.awareness.sid",
    "balise.awareness.places.structures",
    "balise.awareness.partnership.campaigns",
    "balise.awareness.partnership.partners",
    "balise.awareness.places.orders",
    "balise.awareness.places.fieldwork",
    "balise.awareness.learning.training",
    "balise.awareness.partnership.trends",
    "balise.awareness.questions",
    "balise.awareness.activities.charter",
    "balise.awareness.activities.stories",
    "balise.awareness.activities.quizzes",
    "balise.awareness.activities.feedback",
    "balise.awareness.surveys",
    "balise.steering.boards",
    "balise.steering.indicators",
    "balise.steering.imports",
    "balise.steering.press",
    "balise.steering.readings",
    "balise.steering.diary",
    "balise.steering.committee",
    "balise.steering.editions",
    "balise.steering.published",
    "balise.takedown.law",
    "balise.takedown.directory",
    "balise.takedown.tracing",
    "balise.takedown.notices",
    "balise.takedown.watch",
    "balise.takedown.statements",
    "balise.takedown.onward.exchange",
    "balise.takedown.onward.dossiers",
    "balise.takedown.onward.cybertips",
)
FOUNDATION: Final = (
    "balise.foundation.oversight",
    "balise.foundation.accounts",
    "balise.foundation.web",
    "balise.foundation.budgets",
    "balise.foundation.statistics",
    "balise.foundation.retention",
    "balise.foundation.mail",
    "balise.foundation.files",
    "balise.foundation.tasks",
    "balise.foundation.journal",
    "balise.foundation.encryption",
)
# Their processes import no Django: these applications stand in `apps`, all others in the package.
APART: Final = {"balise.takedown.tracing", "balise.foundation.statistics"}
APPS: Final = tuple(
    f"{name}.apps.App" if name in APART else f"{name}.App" for name in (*LINES, *FOUNDATION)
)
# What a centre turns on, by the word for it.
OPTIONAL: Final = {
    "cybertips": ("balise.takedown.onward.cybertips",),
    "exchange": ("balise.takedown.onward.exchange", "balise.hotline.abroad"),
    "pictures": ("balise.helpline.pictures",),
}


def modules() -> dict[str, Module]:
    """Return each module by its name, in the order of the list; Django must be set up.

    The tables of an optional one that is off stay, and what they hold is forgotten when it is time:
    its rules of retention are all that it brings.
    """
    return _modules(frozenset(settings.MODULES))


@cache
def _modules(turned_on: frozenset[str]) -> dict[str, Module]:
    off = {name for word in OPTIONAL.keys() - turned_on for name in OPTIONAL[word]}
    every = {name: import_module(f"{name}.module").MODULE for name in (*LINES, *FOUNDATION)}
    return {
        name: Module(retention=module.retention) if name in off else module
        for name, module in every.items()
    }
