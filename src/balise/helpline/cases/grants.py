"""What the public may do with cases: send a referral, and answer one by its link."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_cases_referral",),
        to=(PUBLIC,),
        why="A reporter asks the helpline for help.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("helpline_cases_casecode",),
        to=(PUBLIC,),
        why="A young person follows, by a conversation’s code, whom we told with their consent.",
        read=ALL,
    ),
    Grant(
        on=("helpline_cases_sentreferral",),
        to=(PUBLIC,),
        why="A receiver reads, by a link, what the helpline tells it, and answers.",
        read=ALL,
        change=(
            *("opened_count", "state", "remind_at", "answered_at", "ended_at", "refusal"),
            "sealed_answer",
        ),
    ),
    Tells(
        facts=(
            *("helpline.referral.received", "helpline.sent-referral.link-opened"),
            *("helpline.sent-referral.document-taken", "helpline.sent-referral.accepted"),
            *("helpline.sent-referral.refused", "helpline.sent-referral.done"),
        ),
        by=(PUBLIC,),
    ),
)
