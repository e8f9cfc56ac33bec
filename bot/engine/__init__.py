"""The only package that imports the durable engine: what must happen later, and what happens now."""
