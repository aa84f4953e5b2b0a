"""What an arc costs a walker: speeds, grades, stairs, surfaces, wheels, wishes."""
