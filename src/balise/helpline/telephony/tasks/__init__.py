"""Scheduled jobs (`rounds`), and what an exchange is asked to do (`dialling`)."""

from balise.helpline.telephony.tasks.commands import command_asked as command_asked
from balise.helpline.telephony.tasks.rounds import (
    SCHEDULE as SCHEDULE,
    dial_asked as dial_asked,
    forget_numbers as forget_numbers,
)
