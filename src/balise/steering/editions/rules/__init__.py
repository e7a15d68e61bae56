"""What an edition holds, and what is checked of it: no table, no clock."""
