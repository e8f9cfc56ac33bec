"""What can be set about the simulated world: faults, switches, the clock, the bot's process."""
