"""How long a browser test waits for what must come."""

PATIENCE_MS = 20_000
