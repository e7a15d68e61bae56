"""What the public process may do with notices: recipients answer or contest one by a link."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("takedown_notices_mailing", "takedown_notices_mailingitem", "takedown_notices_notice"),
        to=(PUBLIC,),
        why="A recipient is shown what they answer to; what the notice says stays sealed.",
        read=ALL,
    ),
    Grant(
        on=("takedown_notices_answer", "takedown_notices_contest"),
        to=(PUBLIC,),
        why="They answer, or contest; a person of ours decides.",
        read=ALL,
        add=True,
    ),
    Tells(facts=("takedown.answer.received", "takedown.notice.contested"), by=(PUBLIC,)),
)
