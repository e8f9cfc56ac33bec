"""How long understanding what was pasted takes, counted in steps of our own code rather than by the clock."""

from bot.domain.paste import understand
from tests.domain.test_command_speed import steps

ORDER = "Please provision Ann Agent\nuser: 95547321@example.com\nmail: ann@example.com\n" + "phone: +12405551212\n" * 40


def test_as_many_templates_as_a_provider_has_customers_do_not_make_it_slow() -> None:
    """Python keeps only some hundred compiled patterns: with more, each would be compiled anew for each line."""
    templates = [f"customer-{number}" for number in range(1000)]
    understand(ORDER)

    # A million steps take about 50 ms.
    assert steps(lambda: understand(ORDER, templates=templates)) < 1_000_000
