"""The operators' commands: those that answer a question answer programs as well."""

from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator

from django.core.management import get_commands, load_command_class

from tests.walks import of_each

OURS = sorted(name for name, app in get_commands().items() if str(app).startswith("balise."))
# What does something and says how it went; all others answer a question.
DOES = {
    "demo",
    "demonstrate",
    "setup",
    "statistics archive",
    "serve",
    "run",
    "work",
    "tracer",
    "pbx",
    "accounts new",
    "accounts link",
    "keys new",
    "keys activate",
    "keys rewrap",
    "keys retire",
    "tasks retry",
    "tokens new",
    "outage_page",  # prints a page
}


def parsers(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    """Yield the parser of a command, or those of its subcommands."""
    below = [
        each
        for action in parser._actions
        if isinstance(action, _SubParsersAction)
        for each in action.choices.values()
    ]
    if not below:
        yield parser
    for each in below:
        yield from parsers(each)


@of_each("name", OURS)
def test_a_command_that_answers_has_json(name: str) -> None:
    command = load_command_class(str(get_commands()[name]), name)
    parser = command.create_parser("balise", name)
    without = {
        each.prog.removeprefix("balise ")
        for each in parsers(parser)
        if "--json" not in each._option_string_actions
    }
    assert not without - DOES


@of_each("name", OURS)
def test_a_command_says_what_it_is_for(name: str) -> None:
    command = load_command_class(str(get_commands()[name]), name)
    assert command.help
