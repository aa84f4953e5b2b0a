"""What visitors suggest: taken in without an account, answered by staff, thanked for."""
