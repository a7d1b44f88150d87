"""Changing how the federation sends mail: settings, trial, pause. Each leaves its trace."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from blueprints.delivery import news_at_once
from blueprints.delivery.models import MailChoice, Pace
from blueprints.notices.actions import wake_worker
from blueprints.notices.sealing import seal
from blueprints.notices.sending import MailSetup, mail_setup
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.scope import current_tenant_id

IDENTITY = ("host", "port", "tls", "account", "sender")  # a change of these begins a trial


def setup_row() -> MailSetup:
    """The one row, locked; made where there is none yet."""
    db.session.execute(
        insert(MailSetup).values(tenant_id=current_tenant_id()).on_conflict_do_nothing()
    )
    found = mail_setup(lock=True)
    if found is None:
        raise LookupError("The mail setup has vanished.")
    return found


def change(facts: Mapping[str, Any], password: str, *, by_id: int) -> bool:
    """Take over what the form says; False when nothing differs.

    Another server, account or sender is a trial until somebody else opens it. The trail says
    that the password changed and never what it is.
    """
    setup = setup_row()
    before = {name: getattr(setup, name) for name in facts}
    changed = {name: [before[name], new] for name, new in facts.items() if before[name] != new}
    for name, new in facts.items():
        setattr(setup, name, new)
    if not setup.account:
        setup.password = None
    elif password:
        setup.password = seal(password)
        changed["password"] = ["•••", "••••"]
    if not changed:
        return False
    if any(name in changed for name in (*IDENTITY, "password")):
        begin_trial(setup, by_id)
    told = {name: [_said(old), _said(new)] for name, (old, new) in changed.items()}
    trail.record("mail.changed", setup, changed=told)
    wake_worker()
    return True


def begin_trial(setup: MailSetup, by_id: int) -> None:
    setup.trial, setup.opened_at, setup.opened_by_id = True, None, None
    setup.entered_by_id, setup.entered_at = by_id, now()


def try_out(*, by_id: int) -> None:
    """Go back to sending to the federation's own list only."""
    setup = setup_row()
    if setup.trial:
        raise RuleBroken(Text("已经在试运行。", "The trial is on already."))
    begin_trial(setup, by_id)
    trail.record("mail.trial_begun", setup)


def open_up(*, by_id: int) -> None:
    """End the trial: mail reaches everybody. Not by whoever entered server and sender."""
    setup = setup_row()
    if not setup.trial:
        raise RuleBroken(Text("没有在试运行。", "There is no trial to end."))
    if setup.entered_by_id == by_id:
        raise RuleBroken(
            Text(
                "填写发信设置的人不能自己开通。",
                "Whoever entered the server and the sender cannot open it.",
            )
        )
    setup.trial, setup.opened_at, setup.opened_by_id = False, now(), by_id
    trail.record("mail.opened", setup)
    wake_worker()


def pause(reason: str, *, by_id: int) -> None:
    """Hold everything back but links that open an account."""
    setup = setup_row()
    if setup.paused_at is not None:
        raise RuleBroken(Text("发送已经暂停。", "Sending is paused already."))
    setup.paused_at, setup.paused_by_id, setup.paused_reason = now(), by_id, reason
    trail.record("mail.paused", setup, reason=reason)


def resume() -> None:
    setup = setup_row()
    if setup.paused_at is None:
        raise RuleBroken(Text("发送没有暂停。", "Sending is not paused."))
    setup.paused_at = setup.paused_by_id = setup.paused_reason = None
    trail.record("mail.resumed", setup)
    wake_worker()


def choose_digest(user_id: int, pace: str) -> None:
    """How often this account wants to hear from us. At once begins with what happens from now."""
    facts = {"digest": pace, "told_seq": news_at_once.mark() if pace == Pace.IMMEDIATE else None}
    made = insert(MailChoice).values(tenant_id=current_tenant_id(), user_id=user_id, **facts)
    db.session.execute(
        made.on_conflict_do_update(index_elements=["tenant_id", "user_id"], set_=facts)
    )
    trail.record("user.chose_digest", ("user", user_id), digest=pace)


def _said(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str | list) else str(value)
