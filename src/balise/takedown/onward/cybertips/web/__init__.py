"""CyberTips, behind the staff door."""
