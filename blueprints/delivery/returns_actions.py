"""Changing where returned mail goes to, and what mails are signed with. Each leaves its trace."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from blueprints.notices.returns import MailReturns, mail_returns
from blueprints.notices.sealing import seal
from blueprints.notices.signing import MailSignature, mail_signature, new_key
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.db import db
from tenants.scope import current_tenant_id


def change(facts: Mapping[str, Any], password: str) -> bool:
    """Take over what the form says; False when nothing differs. The password is never told."""
    key = {"tenant_id": current_tenant_id(), "address": facts["address"]}
    made = insert(MailReturns).values(key).on_conflict_do_nothing().returning(MailReturns.id)
    new = db.session.scalar(made) is not None
    returns = mail_returns(lock=True)
    if returns is None:
        raise LookupError("The settings of returned mail have vanished.")
    before = {name: None if new else getattr(returns, name) for name in facts}
    changed = {
        name: [before[name], value]
        for name, value in facts.items()
        if before[name] != value and (value or before[name])
    }
    for name, value in facts.items():
        setattr(returns, name, value)
    if not returns.account or returns.tls == "none":
        returns.password = None
    elif password:
        returns.password = seal(password)
        changed["password"] = ["•••", "••••"]
    if changed:
        trail.record("returns.changed", returns, changed=changed)
    return bool(changed)


def make_key(domain: str, selector: str) -> None:
    """A new key. Nothing is signed with it before its record is published and it is switched on."""
    pair = new_key()
    facts = {
        "domain": domain,
        "selector": selector,
        "private_key": seal(pair.private_pem),
        "public_key": pair.public,
        "active": False,
    }
    made = insert(MailSignature).values(tenant_id=current_tenant_id(), **facts)
    db.session.execute(made.on_conflict_do_update(index_elements=["tenant_id"], set_=facts))
    kept = mail_signature(lock=True)
    if kept is not None:
        trail.record("signature.made", kept, domain=domain, selector=selector)


def switch(*, on: bool) -> None:
    """Sign every mail from now on, or none."""
    kept = mail_signature(lock=True)
    if kept is None:
        raise RuleBroken(Text("还没有生成密钥。", "There is no key yet."))
    if kept.active == on:
        raise RuleBroken(Text("已经是这样。", "It is so already."))
    kept.active = on
    trail.record("signature.switched_on" if on else "signature.switched_off", kept)
