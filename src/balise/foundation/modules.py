"""What a module declares: its addresses, abilities, measures, retention, schedule and grants.

Each module has one `module.py` with `MODULE = Module(…)`; `config/modules.py` lists them, and
everything that the rest of Balise must know of a module is read from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a module uses words of the whole foundation, which is above this file
    from balise.foundation.accounts.roles import Scope
    from balise.foundation.actors import Actor
    from balise.foundation.budgets.rules import Budget
    from balise.foundation.grants import Declared
    from balise.foundation.retention.rules import Rule
    from balise.foundation.statistics.boards import Board, Figure
    from balise.foundation.statistics.indicators import Indicator
    from balise.foundation.statistics.measures import Measure
    from balise.foundation.tasks.schedule import Daily, Every
    from balise.foundation.web.desk import Search
    from balise.foundation.web.navigation import PublicEntry, Pulse, StaffEntry
    from balise.foundation.web.pages import Fill
    from balise.foundation.web.pauses import Way
    from balise.foundation.web.quick_exit import Kept

type Begins = Sequence[str] | Callable[[], object]  # a command, or what a copy of a process does


@dataclass(frozen=True, slots=True)
class Mount:
    """A list of the module's `urls.py`, and its place below its door.

    `listed` is the list's name, the door's own where it is empty. `sources` adds sources to our
    content security policy, by the name of a page and a directive (`{"play": {"media-src":
    ("blob:",)}}`); `kept` is for how many seconds the server may answer with a copy of a page of
    the public door that is the same for everyone, and has no parameter: nothing else is cached, and
    no browser keeps it, for who has left asks again. A `plain` one of the public door has addresses
    without a language; on the app's own origin, one that is not comes behind those of all modules.
    """

    at: str = ""
    namespace: str = ""
    listed: str = ""
    sources: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)
    plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A module, as the rest of Balise reads it; each field may be left out.

    - `public`, `staff`: its addresses; `own`: what the app's scripts ask for on its own origin;
      `areas`: what a library draws behind the staff door, by the
      address and the module that has its `urlpatterns`; `partners` is where the router of its
      `web/api.py` hangs for partners' tokens; `machines` whether its `urls.machines` has addresses
      for what signs.
    - `abilities`: what each role may do here, by the role's code; `scopes`: what a token may.
    - `searches`: what staff find here by words, from any of their pages.
    - `ways`, `public_ways`, `pulses`: what people find at the side, on the home, on each page;
      `content_page`: for a line, the view that shows one of its contents.
    - `keeps`: what its public pages keep in a browser; `opens`: how its codes are opened, which
      may be typed at any door.
    - `measures`, `figures`, `boards`: what is counted, shown of it, and where; `indicators`: what a
      committee speaks of, defined and computed from them.
    - `retention`, `schedule`: what is deleted and what is scheduled.
    - `key_line`: whose key encrypts what it stores.
    - `budgets`: what its doors may store (decision 87); they spend the first, unless one names
      another (`foundation/web/spending.py`).
    - `grants`: what each process may do with its tables.
    - `parts`: what it adds to pages of other modules, by the name that the page has there.
    - `set_up`: what `balise setup` makes of it where it is missing; returns what it then says.
    - `threads`: by the door, what begins a thread in each process that answers behind it.
    - `streams`, `quick`: whether its `streams/serving.py` keeps answers open (`PATHS` by the door,
      `application`), and its `web/api.py` answers one address before Django is asked (`PATH`,
      `answer`, `is_too_often`).
    - `before_run`: what `balise run` does of it in a demonstration, before all begins; `programs`:
      what runs beside the web, by its name for people; `doubles`: what of a demonstration stands
      for others' servers, by its name, with the port where it listens unless something does.
    - `connect`: what plugs and subscribes a module that a centre turns on (`config/modules.py`);
      those of all others stand in `config/wiring`.
    - `demonstration`: its part of the demonstration's past, told by the people of each role.
    """

    public: Sequence[Mount] = ()
    staff: Sequence[Mount] = ()
    own: Sequence[Mount] = ()
    areas: Mapping[str, str] = field(default_factory=dict)
    partners: str = ""
    machines: bool = False
    abilities: Mapping[str, Sequence[str]] = field(default_factory=dict)
    scopes: Sequence[Scope] = ()
    ways: Sequence[StaffEntry] = ()
    public_ways: Sequence[PublicEntry] = ()
    pulses: Sequence[Pulse] = ()
    searches: Sequence[Search] = ()
    content_page: Mapping[str, str] = field(default_factory=dict)
    keeps: Sequence[Kept] = ()
    opens: Sequence[Way] = ()
    measures: Sequence[Measure] = ()
    figures: Sequence[Figure] = ()
    boards: Sequence[Board] = ()
    indicators: Sequence[Indicator] = ()
    budgets: Sequence[Budget] = ()
    retention: Sequence[Rule] = ()
    schedule: Sequence[Every | Daily] = ()
    key_line: str = ""
    grants: Sequence[Declared] = ()
    parts: Mapping[str, Fill] = field(default_factory=dict)
    connect: Callable[[], None] | None = None
    demonstration: Callable[[Mapping[str, Actor]], object] | None = None
    set_up: Callable[[], str] | None = None
    threads: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    streams: bool = False
    quick: bool = False
    before_run: Callable[[], None] | None = None
    programs: Callable[[], Mapping[str, Begins]] = dict
    doubles: Callable[[], Mapping[str, tuple[int, Begins]]] = dict
