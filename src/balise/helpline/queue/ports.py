"""What the queue asks of those whose people wait in it: is it over meanwhile?"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from balise.foundation.ports import Port
from balise.helpline.queue.rules import Kind

# Whether a subject has ended, so that nobody is there to be taken. An unknown one has not.
is_over: Mapping[Kind, Port[Callable[[UUID], bool]]] = MappingProxyType(
    {
        kind: Port[Callable[[UUID], bool]](f"helpline.queue.is_over.{kind.value}")
        for kind in (Kind.CALL, Kind.CHAT, Kind.CALL_BACK, Kind.MESSAGE)
    }
)
