"""The simulated sign-in: consent of a person, tokens for an integration, and their end."""
