"""The endpoints of enterprises and of their directories."""

from bot.broadworks.endpoint import Endpoint


class EnterpriseCalls(Endpoint):
    """Implements ``api.EnterpriseApi``."""
