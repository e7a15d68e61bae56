"""Files behind the storage setting, and uploads that never touch the disk in clear."""
