"""What the worker does with what is written: read the mailbox, acknowledge, send, forget."""

from balise.helpline.channels.tasks.arriving import SCHEDULE as SCHEDULE
from balise.helpline.channels.tasks.leaving import (
    acknowledge_first as acknowledge_first,
    forget_erased as forget_erased,
    send_answers as send_answers,
)
