"""How often somebody may try a password, from one address and at one account."""

from flask import g, request

from blueprints.shared.throttle import within

PER_ADDRESS = "30/minute"  # an office of thirty behind one address still gets in
PER_ACCOUNT = "10/15 minutes"
MAILS_PER_ACCOUNT = "5/hour"
MINUTES = 15


def may_try(room: str, account: str, per_account: str = PER_ACCOUNT) -> bool:
    """Count one more try; False when there were too many, or when we cannot count."""
    where = request.remote_addr or "?"
    who = f"{g.tenant.id}:{account.strip().lower()}"
    by_address = within(PER_ADDRESS, room, "address", where, shut=True)
    return by_address and within(per_account, room, "account", who, shut=True)
