"""The pages of surveys: answering at the public door, writing and reading behind the staff door."""
