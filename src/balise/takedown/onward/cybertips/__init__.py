"""CyberTips: what NCMEC asks of a report, written from a dossier's facts and checked as data."""
