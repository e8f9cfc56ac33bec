"""Where rows live: tables, sessions, queries."""
