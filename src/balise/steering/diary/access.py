"""Who may read the diary, and write in it."""

from balise.foundation import access

READ = "steering.diary.read"
WRITE = "steering.diary.write"

require = access.require
