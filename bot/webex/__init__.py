"""Webex as the bot meets it: what it delivers, what can be read from it and what is posted to it."""
