"""Every question about reports and contents, already narrowed to who asks."""
