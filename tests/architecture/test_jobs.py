"""Work is queued by name, so a test must know that the name is somebody's."""

import ast
import importlib
import inspect

import pytest

from jobs import schedule
from tests.architecture.tree import by_name, modules

OF_ALL = {"jobs.sweeps.every_tenant"}  # goes round the federations; holds no row itself


def named_calls():
    """Every `wake("jobs.…", …)` with the arguments it names."""
    for module in modules():
        constants = {
            node.targets[0].id: node.value.value
            for node in module.tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
        }
        for call in module.calls("wake"):
            first = call.args[0] if call.args else None
            name = constants.get(first.id) if isinstance(first, ast.Name) else None
            name = first.value if isinstance(first, ast.Constant) else name
            given = {word.arg for word in call.keywords}
            yield pytest.param(name, given, id=f"{module.name}:{call.lineno}")


def scheduled():
    return [
        name for table in (schedule.EVERY, schedule.DAILY) for row in table.values() for name in row
    ]


def job(name):
    room, _, function = name.rpartition(".")
    assert room in by_name(), f"{name} is nobody's"
    return getattr(importlib.import_module(room), function)


@pytest.mark.parametrize(("name", "given"), list(named_calls()))
def test_a_queued_job_exists_and_takes_what_it_is_given(name, given):
    assert isinstance(name, str), "a job is named by a constant"
    inspect.signature(job(name)).bind(tenant_id=1, **dict.fromkeys(given))


@pytest.mark.parametrize("name", scheduled())
def test_a_scheduled_job_exists_and_asks_for_no_more_than_a_federation(name):
    inspect.signature(job(name)).bind(tenant_id=1)
    inspect.signature(job(name)).bind(tenant_id=1, at=None)


def jobs_of_one_federation():
    for module in modules():
        if not module.name.startswith("jobs."):
            continue
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                asked = {arg.arg for arg in node.args.kwonlyargs}
                if "tenant_id" in asked or (module.name, node.name) in OF_ALL:
                    yield f"{module.name}.{node.name}", asked


@pytest.mark.parametrize(("name", "asked"), list(jobs_of_one_federation()))
def test_every_job_takes_its_federation_and_its_moment_by_name(name, asked):
    assert {"tenant_id", "at"} <= asked


def test_every_job_is_queued_or_scheduled_by_somebody():
    """A sweep that nobody calls finds nothing."""
    called = {param.values[0] for param in named_calls()} | set(scheduled())
    lost = [name for name, _ in jobs_of_one_federation() if name not in called]
    assert lost == []


def test_no_room_imports_a_job():
    found = [
        f"{m.name} → {asked}"
        for m in modules()
        if m.name.startswith(("blueprints", "tenants", "rules"))
        for asked in m.imports()
        if asked.startswith("jobs") and asked != "jobs.queue"
    ]
    assert found == []
