"""What the public may do with records: learn of a block, answer the questions afterwards."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_contacts_block",),
        to=(PUBLIC,),
        why="Someone who was blocked is told until when, and nothing of why or by whom.",
        read=("id", "state", "ends_at", "would_end_at"),
    ),
    Grant(
        on=("helpline_contacts_blockedday",),
        to=(PUBLIC,),
        why="A block is found by a blind of the day.",
        read=("block_id", "bearer"),
    ),
    Grant(
        on=("helpline_contacts_questions",),
        to=(PUBLIC,),
        why="Questions afterwards are answered once: the link goes, the fact stays.",
        read=ALL,
        change=("ends_at",),  # a row can be locked only by a process that may change something
        remove=True,
    ),
    Grant(
        on=("helpline_contacts_fact",),
        to=(PUBLIC,),
        why="How it was is written on the fact that stays.",
        read=("id",),
        change=("helpful", "recommends", "mood_before", "mood_after"),
    ),
    Tells(facts=("helpline.questions.answered",), by=(PUBLIC,)),
)
