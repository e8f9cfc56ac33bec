"""What people see: pure functions from domain values to messages."""
