"""What the public may do with reports: bring them, and follow one by its receipt."""

from balise.foundation.grants import ALL, API, PUBLIC, STAFF, Declared, Grant, Queues, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("hotline_reports_report",),
        to=(PUBLIC,),
        why="Someone reports, goes on with a report and follows it; what it says is sealed.",
        read=ALL,
        add=True,
        change=(
            *("category", "age_band", "danger", "is_finished", "follow_up", "sealed"),
            *("last_answer_at", "left_open_at", "to_read"),
            *("certificate_key", "certificate_signature", "passed_to_helpline_at"),
        ),
    ),
    Grant(
        on=("hotline_reports_content",),
        to=(PUBLIC,),
        why="A report joins what is known. It names no verdict, and clears none but to reopen it.",
        read=ALL,
        add=True,
        change=(
            *("report_count", "category", "danger", "concerned", "minor", "priority"),
            *("state", "closing_id", "decided_at", "waited_points", "reopened_at", "changed_at"),
        ),
    ),
    Grant(
        on=("hotline_reports_mention",),
        to=(PUBLIC,),
        why="A report names places; its reporter may correct one.",
        read=ALL,
        add=True,
        remove=True,
    ),
    Grant(
        on=("hotline_reports_message",),
        to=(PUBLIC,),
        why="A reporter reads our questions and answers them.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("hotline_reports_fingerprint",),
        to=(API,),
        why="A partner whose token says so gives fingerprints of what it reports.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("hotline_reports_recognition",),
        to=(API,),
        why="The banks are asked about what has new fingerprints; the answer is the worker's.",
        read=ALL,
        add=True,
        change=("standing", "at", "held_back_until", "ask_again_at", "tries"),
    ),
    Tells(facts=("hotline.content.fingerprinted",), by=(API,)),
    Queues(
        job="balise.hotline.reports.tasks.working.trace",
        by=STAFF,
        why="An analyst asks once more where content is hosted.",
    ),
    Tells(
        facts=(
            *("hotline.report.received", "hotline.report.finished"),
            *("hotline.content.reopened", "hotline.content.closing-left"),
            "hotline.content.removed-reported",
        ),
        by=(PUBLIC, API),
    ),
    Tells(
        facts=(
            *("hotline.report.late-answers-given", "hotline.content.corrected"),
            *("hotline.report.follow-up-declined", "hotline.certificate.asked"),
            *("hotline.message.written", "hotline.report.passed-to-helpline"),
        ),
        by=(PUBLIC,),
    ),
)
