"""What the watch asks the lines: it knows their contents by id alone."""

from collections.abc import Callable
from uuid import UUID

from balise.foundation.ports import Port

# The address of a line's page about one of its contents; "" where the line has none.
type PageOf = Callable[[str, UUID], str]

page_of = Port[PageOf]("takedown.watch.page_of")
