"""What people can ask for: one module each, found by looking into this folder."""

import importlib
import pkgutil

from bot.domain.operation import Operation


def catalogue() -> tuple[Operation, ...]:
    """Every operation, in the order of their words; two that answer to the same words are a mistake."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    operations = sorted((module.OPERATION for module in modules), key=lambda operation: operation.words)
    phrases = [phrase for operation in operations for phrase in (operation.words, *operation.aliases)]
    repeated = {phrase for phrase in phrases if phrases.count(phrase) > 1}
    if repeated:
        raise ValueError(f"more than one operation answers to {sorted(repeated)}")
    return tuple(operations)
