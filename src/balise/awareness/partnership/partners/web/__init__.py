"""The doors of partners: the register and working groups for staff, two pages for everyone."""
