"""The hotline's part of the demonstration: reports, verdicts, notices, dossiers."""
