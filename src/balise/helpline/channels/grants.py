"""What the public and providers may do with written messages: write, read, erase, refuse."""

from balise.foundation.grants import ALL, API, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_channels_thread",),
        to=(PUBLIC,),
        why="Who writes waits for an answer, by a code of their own.",
        read=ALL,
        add=True,
        change=("last_at", "state", "waits_since", "sealed"),
    ),
    Grant(
        on=("helpline_channels_message",),
        to=(PUBLIC,),
        why="What is written is sealed; its author may wipe it, and change nothing else of it.",
        read=ALL,
        add=True,
        change=("sealed",),
    ),
    Grant(
        on=("helpline_channels_message",),
        to=(API,),
        why="A provider says that it did not deliver an answer.",
        change=("delivery", "failure"),
    ),
    Tells(facts=("helpline.message.received",), by=(PUBLIC, API)),
    Tells(facts=("helpline.thread.erased",), by=(PUBLIC,)),
    Tells(facts=("helpline.message.failed",), by=(API,)),
)
