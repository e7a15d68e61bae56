"""What of a question is asked, which hit decides, and what is a flood: pure decisions."""
