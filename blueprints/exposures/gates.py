"""The eight gates before a publication, each with its proof or with what is missing."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from blueprints.exposures.conditions import GATES, WORDS, Gate
from blueprints.exposures.models import Exposure
from blueprints.exposures.reading import Case
from blueprints.exposures.statements import said_in
from blueprints.shared.formats import written
from blueprints.shared.languages import said
from rules.procedure import machines
from rules.words import Text

File = tuple[str, str]


def gates(case: Case, exposure: Exposure) -> list[dict[str, Any]]:
    """What the page shows of each gate: its state, the day, the proof, its files, its source."""
    found = []
    for gate, (day, text, files) in zip(GATES, _proofs(case, exposure), strict=True):
        lacks = [WORDS[code] for code in gate.needs if code in case.unmet]
        recheck = "recheck_clean" in gate.needs
        state = "unmet" if lacks else "waiting" if recheck else "met"
        found.append(
            {
                "title": gate.title,
                "state": state,
                "said": _("not yet") if lacks else _("at publication") if recheck else day,
                "text": "; ".join(said(one) for one in lacks) or text,
                "files": files,
                "source": _article(gate),
            }
        )
    return found


def passed(case: Case) -> int:
    """How many of the eight are passed; the recheck is only made in the act of publishing."""
    return sum(
        not set(gate.needs) & set(case.unmet) and "recheck_clean" not in gate.needs
        for gate in GATES
    )


def _article(gate: Gate) -> Text | str:
    """The article behind a gate, as the procedure cites it."""
    guards = machines()["exposure"].guards
    cited = (guards[name].article for name in gate.needs if name in guards)
    return next((one for one in cited if one is not None), "")


def _proofs(case: Case, exposure: Exposure) -> list[tuple[str, str, list[File]]]:
    service, clock = case.service, case.clock
    steps = [step for step in case.steps if step.document_no and step.state != "dropped"]
    letters = [
        (step.document_no or "", url_for("exposures.letter", step_id=step.id, form="pdf"))
        for step in steps
    ]
    proofs = [
        (_("Proof of service"), file_url(case, step.evidence_id))
        for step in steps if step.evidence_id
    ]  # fmt: skip
    return [
        (_day(case.offer.served_on), (service.post_number or "") if service else "",
         _service_file(case)),
        (_("ended on %(day)s", day=_day(case.longest_on)), clock.article if clock else "", []),
        (_("done"), "", [*letters, *proofs]),
        (_("ended on %(day)s", day=_day(exposure.window_ends_on)), exposure.intent_no or "",
         _heard_files(case, exposure)),
        (_("none"), "", []),
        (_("passed"), exposure.review_note or "", []),
        ("", _("Every register is looked at again in the very act of publishing."), []),
        (_("two of two"), exposure.second_note or "", []),
    ]  # fmt: skip


def _service_file(case: Case) -> list[File]:
    if case.service is None or case.service.evidence_id is None:
        return []
    known: dict[str, Any] = {"offer_id": case.offer.id, "document_id": case.service.evidence_id}
    return [(_("Proof of service"), url_for("offers.evidence", **known))]


def _heard_files(case: Case, exposure: Exposure) -> list[File]:
    material = _("Material of the enterprise")
    known = [(_("Proof of service"), exposure.intent_evidence_id)]
    known += [(material, one.file_id) for one in said_in(exposure)]
    return [(words, file_url(case, ident)) for words, ident in known if ident]


def file_url(case: Case, document_id: int | None) -> str:
    known: dict[str, Any] = {"offer_id": case.offer.id, "document_id": document_id}
    return url_for("exposures.evidence", **known)


def _day(value: Any) -> str:
    return written(value) if value else "—"
