"""What is checked before a campaign goes to a leader, each finding with where to put it right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext as _n
from sqlalchemy import func, select

from blueprints.offers.campaigns import addressees as whom
from blueprints.offers.campaigns.figures import Outcome
from blueprints.offers.campaigns.scope import Scope
from blueprints.offers.campaigns.values import Missing, missing, unverified
from blueprints.offers.ground.campaign_models import Campaign, IssuerMode
from blueprints.offers.ground.letters import PRINCIPAL, Variant, text_of
from blueprints.registry.areas import area_name
from blueprints.rulebook import queries as rulebook
from blueprints.shared.formats import number, written
from blueprints.shared.languages import language, said
from tenants.clock import today
from tenants.db import db


@dataclass(frozen=True)
class Finding:
    """One line of the check: a look (ok run soon late unsure), what was found, where to go."""

    state: str
    text: str
    detail: str = ""
    step: str = ""
    step_words: str = ""


@dataclass(frozen=True)
class Check:
    """The whole check. With a `late` finding the campaign cannot be submitted."""

    findings: list[Finding]
    missing: list[Missing]
    sides: list[whom.Side]
    count: int

    @property
    def passed(self) -> bool:
        return not any(finding.state == "late" for finding in self.findings)


def check(campaign: Campaign, values: dict[str, Any], reached: Outcome | None) -> Check:
    """Everything there is to say about the campaign as it stands."""
    sides = whom.sides(campaign)
    count = sum(side.count for side in sides)
    used = [side.variant for side in sides]
    wanting = missing(campaign, values, used)
    findings = [
        *_addressees(campaign, count, reached),
        *_signatures(campaign, sides),
        *_content(wanting, values),
        *_law(campaign, used),
        *_meeting(campaign),
        *_territory(campaign),
        *_wording(campaign, used),
    ]
    return Check(findings, wanting, sides, count)


def _addressees(campaign: Campaign, count: int, reached: Outcome | None) -> Iterator[Finding]:
    if not count:
        yield Finding("late", _("Nobody would get an offer"), step="scope", step_words=_("Scope"))
        return
    yield Finding("ok", _n("%(num)s addressee", "%(num)s addressees", count))
    mailed = whom.mailed(campaign)
    paper = count - mailed
    text = _("By e-mail %(mailed)s, on paper %(paper)s", mailed=number(mailed), paper=number(paper))
    detail = (
        _("An enterprise without e-mail is not left out: its letter is printed and served by hand.")
        if paper
        else ""
    )
    yield Finding("run" if paper else "ok", text, detail)
    if reached is not None and reached.near_count:
        out = _n(
            "%(num)s of this area and trade left out",
            "%(num)s of this area and trade left out",
            reached.near_count,
        )
        named = _("; ").join(f"{said(one.label)} {number(one.count)}" for one in reached.near)
        yield Finding("run", out, named, "scope", _("Reasons one by one"))


def _signatures(campaign: Campaign, sides: list[whom.Side]) -> Iterator[Finding]:
    if campaign.union_id is None:
        yield Finding("late", _("No issuing union is chosen"), "", "issuers", _("Choose"))
        return
    if campaign.issuer_mode == IssuerMode.SINGLE:
        return
    counts = dict.fromkeys(Variant, 0)
    for side in sides:
        counts[side.variant] += side.count
    yield Finding(
        "ok",
        _(
            "Signed with the enterprise's own union %(joint)s, with another in its place %(place)s",
            joint=number(counts[Variant.JOINT]),
            place=number(counts[Variant.IN_PLACE]),
        ),
        step="issuers",
        step_words=_("By whom"),
    )
    if alone := counts[Variant.ALONE]:
        yield Finding(
            "soon",
            _n(
                "%(num)s letter is signed by the upper union alone",
                "%(num)s letters are signed by the upper union alone",
                alone,
            ),
            _("There is no sector or area union that could stand in; the letter says so."),
            "issuers",
            _("By whom"),
        )
    if chairless := _chairless(campaign):
        yield Finding(
            "soon",
            _n(
                "%(num)s union has no chair on the register",
                "%(num)s unions have no chair on the register",
                chairless,
            ),
            _("Their letters name the principal officer of the union as chief representative."),
        )


def _content(wanting: list[Missing], values: dict[str, Any]) -> Iterator[Finding]:
    for one in wanting:
        text = _("Missing: %(what)s", what=said(one.meaning))
        yield Finding("late", text, "", one.step, _("Fill in"))
    if topics := values.get("topics"):
        text = _n(
            "%(num)s topic, each with reason and demand",
            "%(num)s topics, each with reason and demand",
            len(topics),
        )
        yield Finding("ok", text)


def _law(campaign: Campaign, used: list[Variant]) -> Iterator[Finding]:
    book = rulebook.book(today())
    rule = book.rule("offer.reply_days", campaign.contract_kind)
    period = said(rule.period.words) if rule.period else "—"
    text = _("Time to reply: %(period)s, %(article)s", period=period, article=said(rule.citation))
    if rule.confirmed:
        yield Finding("ok", text, said(rule.label))
    else:
        detail = _(
            "%(label)s. Reminders follow the shortest known period, steps against anyone the "
            "longest.",
            label=said(rule.label),
        )
        yield Finding("unsure", text, detail)
    for unknown in unverified(book, campaign, used):
        yield Finding(
            "unsure",
            _("No verified article: %(rule)s", rule=said(unknown.text)),
            _("The letter cites it as unverified. Confirm the rule, or reword the letter."),
        )


def _meeting(campaign: Campaign) -> Iterator[Finding]:
    day = campaign.proposed_on
    if day is None:
        return
    shown = written(day)
    if day <= today():
        text = _("The day of the meeting has passed: %(day)s", day=shown)
        yield Finding("late", text, "", "content", _("Change it"))
        return
    calendar = rulebook.calendar()
    if not calendar.covers(day, day):
        yield Finding("unsure", _("The calendar of that year is not known: %(day)s", day=shown))
    elif calendar.works(day):
        yield Finding("ok", _("%(day)s is a working day", day=shown))
    else:
        text = _("%(day)s is not a working day", day=shown)
        yield Finding("soon", text, "", "content", _("Change it"))


def _territory(campaign: Campaign) -> Iterator[Finding]:
    areas = Scope.from_json(campaign.scope).areas
    if len(areas) == 1:
        return
    rule = rulebook.book(today()).rule("scope.territory_level", campaign.contract_kind)
    named = _(", ").join(said(area_name(area)) for area in areas) if areas else _("the whole city")
    yield Finding(
        "soon",
        _("The scope goes beyond one county or district: %(areas)s", areas=named),
        _(
            "An industry contract is meant for areas at county level or below (%(article)s). "
            "This is a reminder, not an obstacle.",
            article=said(rule.citation),
        ),
    )


def _wording(campaign: Campaign, used: list[Variant]) -> Iterator[Finding]:
    for acting, edited in ((False, campaign.text_source), (True, campaign.acting_source)):
        fitting = [one for one in used if (one in {Variant.IN_PLACE, Variant.ALONE}) is acting]
        if not fitting:
            continue
        text = text_of(campaign, fitting[0])
        name = text.title.in_(language())
        if edited is None:
            yield Finding("ok", _("Official wording: %(name)s", name=name))
        else:
            line = _("The wording was changed here: %(name)s", name=name)
            yield Finding("run", line, "", "content", _("Read it"))


def _chairless(campaign: Campaign) -> int:
    among = whom.addressees(campaign).subquery()
    query = select(func.count()).where(among.c.fields["worker_chief_name"].astext == PRINCIPAL.zh)
    return int(db.session.scalar(query) or 0)
