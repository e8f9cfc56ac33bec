"""Records what is said, pressed and shown as dialogue files, which can be done again."""
