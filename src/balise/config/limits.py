"""How much may be written: how fast, how many octets, and what of the disk is left to whom."""

from balise.config import environment as env

# --- Floods: what the public may write in a minute before a pause is asked; 0 for no limit ---
WRITES_NEARBY = env.number("BALISE_WRITES_NEARBY", 300)  # from one /24 or /64
WRITES_IN_ALL = env.number("BALISE_WRITES_IN_ALL", 3_000)  # by each process

# --- Budgets (decision 87): what a centre changes, by the name of a budget; and the reserve ---
BUDGETS = env.pairs("BALISE_BUDGETS")  # GiB in all
BUDGETS_NEARBY = env.pairs("BALISE_BUDGETS_NEARBY")  # MiB a day, from one /24 or /64
RESERVE_BYTES = env.number("BALISE_RESERVE", 512) * 1_048_576  # MiB, for those who come first
