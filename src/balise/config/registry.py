"""What the foundation is told of all modules, once, at the centre's start."""

from pathlib import Path

from balise.config.budgets import budgets_of
from balise.config.modules import modules
from balise.config.roles import roles_of_the_centre
from balise.foundation.accounts import roles
from balise.foundation.budgets.rules import DECLARED
from balise.foundation.encryption import turning
from balise.foundation.retention import rules as retention
from balise.foundation.statistics import boards, counting, exposures, indicators, measures, telling
from balise.foundation.tasks.schedule import register_schedule
from balise.foundation.web import desk, navigation, pages, pauses, quick_exit

EXPOSURE = Path(__file__).parent / "exposure.toml"


def register() -> None:
    """Register in the foundation what all modules declare."""
    every = modules().values()
    roles.register(*roles_of_the_centre())
    roles.register_scopes(*(one for module in every for one in module.scopes))
    navigation.arrange(
        staff=[one for module in every for one in module.ways],
        public=[one for module in every for one in module.public_ways],
        pulses=[one for module in every for one in module.pulses],
        content_pages=dict(page for each in every for page in each.content_page.items()),
    )
    desk.arrange(one for module in every for one in module.searches)
    pages.arrange(module.parts for module in every)
    pauses.arrange(one for module in every for one in module.opens)
    quick_exit.arrange(*(one for module in every for one in module.keeps))
    measures.register(*(one for module in every for one in module.measures))
    exposures.register(exposures.read(EXPOSURE), measures.MEASURES.values())
    boards.register(
        [one for module in every for one in module.boards],
        [one for module in every for one in module.figures],
    )
    indicators.register(one for module in every for one in module.indicators)
    telling.register(indicators.INDICATORS.values(), boards.every_board())
    for name, module in modules().items():
        DECLARED.register(name, budgets_of(name, module))
    retention.register(*(one for module in every for one in module.retention))
    register_schedule(*(one for module in every for one in module.schedule))
    turning.register(*(module.key_line for module in every if module.key_line))
    counting.connect()


def connect() -> None:
    """Plug and subscribe the modules that this centre turned on, once all others are."""
    for module in modules().values():
        if module.connect:
            module.connect()
