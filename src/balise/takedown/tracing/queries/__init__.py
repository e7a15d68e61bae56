"""Where an address leads: `offline` from data on this machine, `live` by asking the tracer, and
`hosting` for where it led before.
"""

from balise.takedown.tracing.queries.asking import check_many, resolve
from balise.takedown.tracing.queries.hosting import (
    Asked,
    Stay,
    history,
    history_of_host,
    last_asked,
    last_trace,
)
from balise.takedown.tracing.queries.lanes import Lanes
from balise.takedown.tracing.queries.live import trace_live
from balise.takedown.tracing.queries.offline import (
    Source,
    Trace,
    country_and_network,
    reopen,
    sources,
    trace_ip,
)
from balise.takedown.tracing.queries.reaching import NoWay, Way, way_to

__all__ = [
    "Asked",
    "Lanes",
    "NoWay",
    "Source",
    "Stay",
    "Trace",
    "Way",
    "check_many",
    "country_and_network",
    "history",
    "history_of_host",
    "last_asked",
    "last_trace",
    "reopen",
    "resolve",
    "sources",
    "trace_ip",
    "trace_live",
    "way_to",
]
