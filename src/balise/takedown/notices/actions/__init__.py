"""Every change of a notice: drafted, sent, reminded, held, answered, climbed, contested."""
