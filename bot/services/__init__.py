"""Use cases, shared by every operation; each runs inside one transaction that its caller opens."""
