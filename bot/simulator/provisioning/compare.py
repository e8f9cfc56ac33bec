"""When two values of a field are the same."""

_FOLDED = ("userId", "email", "extension")


def key_of(field: str, value: str) -> str:
    """Equal for what is the same: numbers count by their digits, user IDs, e-mails, extensions whatever their case."""
    if field.endswith("PhoneNumber"):
        return digits(value)
    return value.lower() if field in _FOLDED else value


def same(field: str, one: str, other: str) -> bool:
    """Nothing is the same as what is empty."""
    return bool(key_of(field, one)) and key_of(field, one) == key_of(field, other)


def digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit())
