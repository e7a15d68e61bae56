"""Where an address leads: `offline` from data on this machine, `live` by asking the tracer, and
`hosting` for where it led before.
"""

from balise.takedown.tracing.queries.hosting import (
    history as history,
    history_of_host as history_of_host,
    last_asked as last_asked,
    last_trace as last_trace,
)
from balise.takedown.tracing.queries.lanes import (
    Lanes as Lanes,
    NoWay as NoWay,
    Way as Way,
    check_many as check_many,
    resolve as resolve,
    way_to as way_to,
)
from balise.takedown.tracing.queries.live import trace_live as trace_live
from balise.takedown.tracing.queries.offline import (
    country_and_network as country_and_network,
    reopen as reopen,
    sources as sources,
    trace_ip as trace_ip,
)
