"""What the process of each door may do in the database: declared beside each module, and pure.

    GRANTS = (
        Grant(on=("callback",), to=(PUBLIC,), why="…", read=("id",), add=True),
    )

Staff and worker may do all but what is kept from them (`Kept`). Every other process may do what is
granted, and nothing else. `deploy/roles.sql` is made of all of them (`config/grants.py`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Process(StrEnum):
    """A role of the database: the user that a process runs as."""

    PUBLIC = "balise-public"
    APP = "balise-app"  # the app's own origin: ciphertext of vaults, and whether the chat is open
    API = "balise-api"  # a member of the first: it may do what that may
    PBX = "balise-pbx"
    STAFF = "balise-staff"
    WORKER = "balise-worker"


PUBLIC: Final = Process.PUBLIC
APP: Final = Process.APP
API: Final = Process.API
PBX: Final = Process.PBX
STAFF: Final = Process.STAFF
WORKER: Final = Process.WORKER

type Columns = tuple[str, ...]

ALL: Final[Columns] = ("*",)  # also those that a later version adds


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What processes may do with tables of the module, and why they must."""

    on: tuple[str, ...]
    to: tuple[Process, ...]
    why: str
    read: Columns = ()
    add: bool = False
    change: Columns = ()  # named one by one: a column that is not there stays as it is
    remove: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What staff and worker may not do with tables, among "INSERT", "UPDATE" and "DELETE"."""

    on: tuple[str, ...]
    from_: tuple[Process, ...]
    rights: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queues:
    """A kind of task that a process may put in the queue, by the path of its function."""

    job: str
    by: Process
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tells:
    """Events that processes may write in the journal, by name; jobs follow from events.

    Processes that nothing lets tell facts of their own, staff and worker, may tell all.
    """

    facts: tuple[str, ...]
    by: tuple[Process, ...]


type Declared = Grant | Kept | Queues | Tells
