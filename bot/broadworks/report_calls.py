"""The endpoints of billing reports."""

from bot.broadworks.endpoint import Endpoint


class ReportCalls(Endpoint):
    """Implements ``api.ReportApi``."""
