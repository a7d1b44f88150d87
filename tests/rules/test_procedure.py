"""The machines: every step that is written may be taken, and every other one is refused."""

import tomllib
from pathlib import Path

import pytest

import rules
from rules.broken import RuleBroken
from rules.procedure import (
    advance,
    documents,
    label,
    machines,
    missing,
    open_acts,
    people,
)
from rules.shelf import catalogue

ALL = machines()
EVERYTHING = [(m, state, event) for m in ALL.values() for state in m.states for event in m.events]
STEPS = [(m, step) for m in ALL.values() for step in m.steps]


def name(value):
    return getattr(value, "name", None) or (value if isinstance(value, str) else value.event)


def holding(machine, but=None):
    return {guard: guard != but for guard in machine.guards}


def test_the_machines_of_the_field_are_all_there():
    assert set(ALL) == {
        "campaign",
        "offer",
        "service",
        "case",
        "mandate",
        "ballot",
        "contract",
        "membership",
        "exposure",
        "assignment",
        "finding",
        "handover",
        "appraisal",
        "engagement",
        "acting_authority",
        "survey",
    }


@pytest.mark.parametrize(("machine", "state", "event"), EVERYTHING, ids=name)
def test_an_event_leads_on_exactly_where_a_step_is_written(machine, state, event):
    step = machine.step(state, event)
    if step is not None:
        assert advance(machine, state, event, holding(machine)) == step.next
        return
    with pytest.raises(RuleBroken) as refused:
        advance(machine, state, event, holding(machine))
    assert machine.states[state].label.en in refused.value.text.en
    assert machine.states[state].label.zh in refused.value.text.zh


@pytest.mark.parametrize(("machine", "step"), STEPS, ids=name)
def test_every_condition_of_a_step_holds_it_back_with_its_own_reason(machine, step):
    for guard in step.needs:
        with pytest.raises(RuleBroken) as refused:
            advance(machine, step.state, step.event, holding(machine, but=guard))
        assert refused.value.text == machine.guards[guard].why
        left = missing(machine, step.state, step.event, holding(machine, but=guard))
        assert [one.name for one in left] == [guard]
    if step.needs:
        with pytest.raises(RuleBroken):
            advance(machine, step.state, step.event)


@pytest.mark.parametrize("machine", ALL.values(), ids=name)
def test_a_machine_is_whole(machine):
    reached, edge = {machine.initial}, [machine.initial]
    while edge:
        for step in machine.steps_from(edge.pop()):
            if step.next not in reached:
                reached.add(step.next)
                edge.append(step.next)
    assert reached == set(machine.states)
    pairs = [(step.state, step.event) for step in machine.steps]
    assert len(pairs) == len(set(pairs))
    for state in machine.states.values():
        assert state.final == (not machine.steps_from(state.name)) or machine.name == "service"
        assert state.label.zh
        assert state.explain.en.endswith(".")
    assert {step.event for step in machine.steps} == set(machine.events)
    assert {need for step in machine.steps for need in step.needs} == set(machine.guards)


@pytest.mark.parametrize(("machine", "step"), STEPS, ids=name)
def test_a_step_names_people_papers_and_clocks_that_exist(machine, step):
    assert step.who
    assert set(step.who) <= set(people())
    assert set(step.documents) <= set(documents())
    assert set(step.timers) <= set(catalogue())


def test_a_page_sees_what_is_open_and_why_the_rest_is_not():
    acts = {act.event: act for act in open_acts("offer", "served", {"reply_period_ended": True})}
    assert acts["answer_yes"].open
    assert acts["answer_yes"].why is None
    assert not acts["lapse"].open
    assert acts["lapse"].why.zh == "已有答复，请先查看。"
    assert acts["lapse"].article.zh == "《集体合同规定》第32条"
    assert "seal" not in acts
    every = {act.event: act for act in open_acts("offer", "served", every=True)}
    assert set(every) == set(ALL["offer"].events)
    assert "可以办理的状态：已审批" in every["seal"].why.zh
    assert every["seal"].next == "served"


def test_an_event_nobody_knows_is_refused_and_lacks_nothing():
    with pytest.raises(RuleBroken, match="possible when: none"):
        advance("offer", "served", "explode")
    assert missing("offer", "served", "explode", {}) == []
    assert label("offer", "served").zh == "已送达"


def test_an_exposure_is_never_published_without_going_through_every_stage():
    exposure = ALL["exposure"]
    assert [s.state for s in exposure.steps if s.next == "published"] == ["decided_publish"]
    publish = exposure.step("decided_publish", "publish")
    assert {
        "offer_served",
        "reply_period_lapsed",
        "feedback_served",
        "notice_of_intent_served",
        "right_of_reply_ended",
        "recheck_clean",
        "two_approvers",
        "no_reply_on_file",
    } == set(publish.needs)


@pytest.mark.parametrize("machine", ["case", "contract"])
def test_nothing_takes_effect_unfiled_and_nothing_is_signed_unvoted(machine):
    steps = ALL[machine].steps
    assert [s.state for s in steps if s.event == "take_effect"] == ["filed"]
    assert all("receipt_on_file" in s.needs for s in steps if s.event == "take_effect")
    voted = {"case": "voting", "contract": "passed"}[machine]
    assert [s.state for s in steps if s.event == "sign"] == [voted]


def test_a_reply_ends_the_matter_from_every_stage_after_sending():
    offer = ALL["offer"]
    for state in ("dispatched", "served", "overdue", "reminded", "escalated"):
        assert advance(offer, state, "answer_yes") == "answered_yes"


def test_the_machines_are_files_a_lawyer_can_read():
    for path in (Path(rules.__path__[0]) / "machines").glob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8"))
        assert path.read_text(encoding="utf-8").startswith("# ")
