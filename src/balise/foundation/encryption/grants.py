"""What every door may do with wrapped keys: add one, and never change or destroy one."""

from balise.foundation.grants import ALL, APP, PBX, PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("encryption_keywrap",),
        to=(PUBLIC, APP, PBX),
        why="What comes in is sealed, and opened again by its code; only the worker destroys keys.",
        read=ALL,
        add=True,
    ),
)
