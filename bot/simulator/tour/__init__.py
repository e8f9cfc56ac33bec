"""The guided tour: five steps that tick themselves off."""
