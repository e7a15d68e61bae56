"""Every change of a notice: drafted, sent, reminded, answered, withdrawn."""
