"""What the operator has set, as use cases want it."""

from datetime import timedelta

import structlog

from bot.domain.policy import PRODUCTION, Policy
from bot.domain.policy_reach import unreachable
from bot.operations import catalogue
from bot.policies import load_policy
from bot.services.context import Rules
from bot.settings import Settings

log = structlog.get_logger(__name__)


def rules_of(settings: Settings) -> Rules:
    """All of it; raises SettingsError for a policy that makes no sense."""
    return Rules(
        domains=settings.allowed_domains,
        spaces=settings.allowed_spaces,
        admins=settings.admins,
        region=settings.default_region,
        writes=settings.writes,
        renews=settings.broadworks_client_secret is not None,
        environment="" if settings.environment == PRODUCTION else settings.environment,
        form_life=timedelta(minutes=settings.form_minutes),
        stuck_after=timedelta(minutes=settings.stuck_minutes),
        remind_after=timedelta(hours=settings.remind_hours),
        auditors=settings.auditors,
        audit_days=settings.audit_days,
        policy=_policy(settings),
    )


def _policy(settings: Settings) -> Policy:
    """Who must approve what; a rule that never decides is certainly not meant so, but stops nothing."""
    policy = load_policy(settings.policy_file, catalogue())
    for each in unreachable(policy, catalogue()):
        log.warning("a rule of the policy never decides", line=each.rule.line, why=each.words)
    return policy
