"""Keep the register of partners, the working groups, and what they advise."""
