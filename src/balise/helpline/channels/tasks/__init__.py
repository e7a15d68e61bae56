"""What the worker does with what is written: read the mailbox, acknowledge, send, forget."""

from balise.helpline.channels.tasks.arriving import SCHEDULE
from balise.helpline.channels.tasks.leaving import acknowledge_first, forget_erased, send_answers

__all__ = ["SCHEDULE", "acknowledge_first", "forget_erased", "send_answers"]
