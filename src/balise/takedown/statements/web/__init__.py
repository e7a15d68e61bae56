"""The yearly report and the statements of reasons, behind the staff door."""
