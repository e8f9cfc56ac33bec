"""The messaging API: people, rooms, memberships, messages, cards, webhooks."""
