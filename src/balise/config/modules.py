"""The modules of this Balise: what each brings is told by its own `module.py`.

This list and `wiring.py` are the places to extend when a module comes (CONTRIBUTING.md has the
steps). Where people see several modules beside each other, they see them in this order.
"""

from functools import cache
from importlib import import_module
from typing import Final

from balise.foundation.modules import Module

LINES: Final = (
    "balise.hotline.reports",
    "balise.hotline.desk",
    "balise.hotline.welfare",
    "balise.helpline.console",
    "balise.helpline.contacts",
    "balise.helpline.conversations",
    "balise.helpline.telephony",
    "balise.helpline.channels",
    "balise.helpline.cases",
    "balise.helpline.removals",
    "balise.helpline.queue",
    "balise.helpline.staffing",
    "balise.awareness.publications",
    "balise.steering",
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
    "balise.foundation.statistics",
    "balise.foundation.retention",
    "balise.foundation.mail",
    "balise.foundation.files",
    "balise.foundation.tasks",
    "balise.foundation.journal",
    "balise.foundation.encryption",
)


@cache
def modules() -> dict[str, Module]:
    """Return each module by its name, in the order of the list; Django must be set up."""
    return {name: import_module(f"{name}.module").MODULE for name in (*LINES, *FOUNDATION)}
