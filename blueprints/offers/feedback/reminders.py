"""A courtesy before the last day: the enterprise is reminded once that its reply is due."""

from blueprints.notices.actions import post
from blueprints.offers.feedback.actions import enterprise_of, reply_address
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Deadline
from tenants import trail
from tenants.clock import now
from tenants.federation import this_federation


def remind(offer: Offer, clock: Deadline) -> None:
    """Owe the enterprise one reminder for this clock."""
    who = enterprise_of(offer)
    tenant = this_federation()
    contact = tenant.settings.get("contact", {})
    post(
        "reminder",
        subject=(Deadline.__tablename__, clock.id),
        recipient=who.key,
        name=who.name,
        address=who.address,
        text_id="28i-mail-reply-reminder",
        values={
            "addressee_name": offer.addressee_name,
            "letter_no": offer.document_no,
            "served_on": offer.served_on,
            "reply_due_on": clock.due_on,
            "reply_rule_article": clock.article,
            "reply_url": reply_address(offer),
            "contact_name": contact.get("name") or tenant.name,
            "contact_phone": contact.get("phone") or "—",
            "tenant_name": tenant.name,
        },
        due_at=now(),
    )
    trail.record("offer.reminded", offer, due_on=clock.due_on.isoformat())
