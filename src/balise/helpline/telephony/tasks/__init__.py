"""Scheduled jobs (`rounds`), and what an exchange is asked to do (`dialling`)."""

from balise.helpline.telephony.tasks.rounds import SCHEDULE, dial_asked, forget_numbers

__all__ = ["SCHEDULE", "dial_asked", "forget_numbers"]
