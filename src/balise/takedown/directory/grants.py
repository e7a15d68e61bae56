"""What the public process may do with the directory: read the name of a notice's recipient."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("takedown_directory_contact", "takedown_directory_organisation"),
        to=(PUBLIC,),
        why="A recipient is called by name, in its language.",
        read=ALL,
    ),
)
