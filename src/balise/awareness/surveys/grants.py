"""What the public door may do: add answers, never read those of others."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("surveys_survey", "surveys_wording"),
        to=(PUBLIC,),
        why="Everyone reads what is asked, by whom, why, and in which words.",
        read=ALL,
    ),
    Grant(
        on=("surveys_draft",),
        to=(PUBLIC,),
        why="Six words open a draft, which each answer changes, and which is deleted once sent. It "
        "is encrypted with these words.",
        read=ALL,
        add=True,
        change=("sealed", "version", "changed_on"),
        remove=True,
    ),
    Grant(
        on=("surveys_waiting",),
        to=(PUBLIC,),
        why="An answer that is sent waits, encrypted: this door can neither read nor change it.",
        add=True,
    ),
    Grant(
        on=("surveys_sent",),
        to=(PUBLIC,),
        why="What is sent twice counts once.",
        read=("mark",),
        add=True,
    ),
    Grant(
        on=("surveys_quotacount",),
        to=(PUBLIC,),
        why="It adds one to the count of a quota, and sees whether it is full.",
        read=ALL,
        add=True,
        change=("many",),
    ),
    Grant(
        on=("surveys_invitation",),
        to=(PUBLIC,),
        why="The link of a school says until when, and since when parents know; it is counted.",
        read=ALL,
        change=("sent",),
    ),
    Grant(
        on=("surveys_freetext",),
        to=(PUBLIC,),
        why="Everyone reads free texts as they were redacted; what was written stays inside.",
        read=("wording_id", "question", "shown", "reading", "edition"),
    ),
    Grant(
        on=("surveys_edition",),
        to=(PUBLIC,),
        why="Everyone reads results as they were published; the numbers of people stay inside.",
        read=("id", "survey_id", "number", "wording", "published_on", "told"),
    ),
)
