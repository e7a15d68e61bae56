"""What a notice must hold, what it says, and the states it goes through. Pure."""
