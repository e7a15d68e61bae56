"""Who may do what with referrals and files. Who is on a file is asked for each file besides."""

from balise.foundation import access

READ = "helpline.cases.read"
WORK = "helpline.cases.work"
GIVE_BACK_OTHERS = "helpline.cases.give-back-others"
# Read a file that one is not on, for a reason, for some hours; everyone sees it afterwards.
BREAK_GLASS = "helpline.cases.break-glass"
# See that there are files, who is on them and who broke the glass; sign with a listener.
SUPERVISE = "helpline.cases.supervise"

require = access.require
