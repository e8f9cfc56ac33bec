"""Shows what happened between Webex, the bot and BroadWorks, as redacted as the bot's log."""
