"""Every address: labelled, closed by default, and called by nouns."""

import re

import pytest
from flask import Flask

from tenants.roles import GRANTS, May, Role
from tests.architecture.addresses import of_federation, routes
from tests.architecture.furnished import IDS
from tests.world import sign_in
from wsgi import create_app


@pytest.mark.parametrize("route", routes(), ids=str)
def test_every_view_says_what_it_requires(route):
    assert isinstance(route.permission, May), "label it with @requires(May.…)"


# Where nobody need be signed in, and why.
PUBLIC = {
    "survey_answers.show": "a worker answers without a name: an account would be one",
    "survey_answers.create": "the same",
    "survey_answers.done": "says that it arrived",
    "survey_answers.enter": "the entry code is the key; whose it is is nobody's business",
    "survey_answers.find": "the same",
    "survey_answers.show_coded": "the same",
    "survey_answers.create_coded": "the same",
    "survey_answers.thanks": "says that it arrived",
    "accounts.home": "choose a federation",
    "accounts.sign_in": "come in",
    "accounts.sign_out": "leave; a session that is over may leave too",
    "accounts.language": "choose a language before coming in",
    "accounts.health": "the operator's check; says only yes or no",
    "accounts.accept_invitation": "the mail's link is the key",
    "accounts.ask_for_reset": "who forgot the password cannot sign in",
    "accounts.reset_password": "the mail's link is the key",
    "assets.send": "style and scripts",
    "static": "style and scripts",
    "my_day.calendar": "the secret address is the key",
    "reply_desk.enter": "the code on the letter is the key",
    "reply_desk.find": "the code on the letter is the key",
    "reply_desk.show": "the letter's link is the key",
    "reply_desk.reply": "the letter's link is the key",
    "reply_desk.acknowledge": "the letter's link is the key",
    "reply_desk.done": "the letter's link is the key",
    "reply_desk.letter": "the letter's link is the key",
    "rules.public_index": "the law is public, and where each of our numbers comes from",
    "rules.public": "the law is public, and where each of our numbers comes from",
    "announcements.index": "what is published is published to everybody",
    "announcements.show": "what is published is published to everybody",
    "voting.enter": "the slip is the key; who votes is nobody's business",
    "voting.find": "the slip is the key; who votes is nobody's business",
    "voting.look_up": "a receipt says only that a ballot is in the box",
    "voting.show": "the slip is the key; who votes is nobody's business",
    "voting.cast": "the slip is the key; who votes is nobody's business",
    "signing_desk.show": "the link of one's own is the key",
    "signing_desk.act": "the link of one's own is the key",
    "signing_desk.entry": "the link of one's own is the key",
    "statement_desk.enter": "the code on the notice is the key",
    "statement_desk.find": "the code on the notice is the key",
    "statement_desk.show": "the notice's link is the key",
    "statement_desk.state": "the notice's link is the key",
    "statement_desk.object_to": "the notice's link is the key",
    "open_contracts.show": "workers read their contract with the code on the notice",
    "open_contracts.whole_text": "workers read their contract with the code on the notice",
    "principal.show": "the union acted for answers by its own link",
    "principal.create_objection": "the union acted for answers by its own link",
    "principal.create_revocation": "the union acted for answers by its own link",
    "check.compare": "whoever holds a letter may compare it with the record",
    "check.index": "whoever holds a letter may compare it with the record",
    "demands.show": "the link on the notice is the key, and nobody asks who answers",
    "demands.create": "the link on the notice is the key, and nobody asks who answers",
    "team_room.show": "a representative's own link is the key",
    "team_room.confirm": "a representative's own link is the key",
    "team_room.file": "a representative's own link is the key",
    "mailbox.index": "demo mode only: mails that were caught, never sent",
    "mailbox.show": "demo mode only: mails that were caught, never sent",
}


def test_public_doors_are_all_named_here():
    opened = {route.endpoint for route in routes() if route.public}
    assert opened - set(PUBLIC) == set(), "say why it needs no account"


def test_a_view_without_a_label_is_closed_to_everybody(app, settings, ours):
    bare = create_app(settings, TESTING=True, TENANT_KEPT_SECONDS=0.0, THROTTLE=False)
    bare.add_url_rule("/<tenant>/forgotten", "forgotten", lambda: "open")
    try:
        for user in ours.people.values():
            assert sign_in(bare, user).get(ours.url("/forgotten")).status_code == 403
        assert bare.test_client().get(ours.url("/forgotten")).status_code == 403
    finally:
        close(bare)


def close(app: Flask) -> None:
    from tenants.db import db

    with app.app_context():
        db.engine.dispose()
    app.extensions["redis"].close()


@pytest.mark.parametrize("route", routes(), ids=str)
def test_addresses_are_plain_words_with_hyphens(route):
    fixed = re.sub(r"<[^>]*>", "", route.address)
    assert re.fullmatch(r"[a-z0-9/.-]*", fixed)
    assert "//" not in fixed or "<" in route.address
    assert not route.address.endswith("/") or fixed == "/" or route.endpoint == "workbench.index"
    assert "/." not in route.address


@pytest.mark.parametrize("route", of_federation(), ids=str)
def test_rows_are_named_by_numbers_and_keys_by_tokens(route):
    for name in route.names:
        kind = "token" if name == "token" else "int:"
        assert f"<{name}>" in route.address if kind == "token" else f"<int:{name}>" in route.address


def test_an_address_with_an_unknown_part_fails_the_build(here):
    for route in of_federation():
        route.values(here)  # raises NotTaught


def test_no_maker_of_ids_is_left_over():
    used = {name for route in routes() for name in route.rule.arguments}
    assert set(IDS) - used == set()


@pytest.mark.parametrize("permission", [p for p in May if p is not May.ANYONE])
def test_every_permission_is_somebodys(permission):
    assert any(permission in GRANTS[role] for role in Role)


def test_who_only_reads_is_granted_no_act():
    reading = {May.SIGNED_IN}
    reading |= {p for p in May if p.value.endswith((":read", ":export"))}
    assert set(GRANTS[Role.AUDITOR]) <= reading


def test_nobody_both_prepares_and_approves():
    both = [r for r in Role if {May.CAMPAIGNS_PREPARE, May.CAMPAIGNS_APPROVE} <= set(GRANTS[r])]
    assert both == []
