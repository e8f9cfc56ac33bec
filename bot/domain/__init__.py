"""Plain Python: what the product is about, with no I/O."""
