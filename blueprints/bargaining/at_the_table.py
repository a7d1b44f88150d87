"""What a case has from its first meeting to the signature: the parts and their doors."""

from blueprints.bargaining import (
    ballot_models,
    dispute_models,
    draft_models,
    meeting_models,
    signature_models,
)

PARTS = (meeting_models, draft_models, ballot_models, signature_models, dispute_models)
