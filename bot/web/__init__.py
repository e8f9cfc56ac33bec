"""What the bot answers over HTTP: Webex's deliveries, and those who watch over it."""
