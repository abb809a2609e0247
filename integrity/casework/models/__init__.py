"""What every case shares, whichever register it is in (DESIGN §5)."""

from integrity.casework.models.case import Case, CaseLink, CaseVersion, Decision, outside_of
from integrity.casework.models.conversation import Attachment, Challenge, Question
from integrity.casework.models.imports import (
    ImportBatch,
    ImportedRow,
    ImportMapping,
    ImportUpload,
)
from integrity.casework.models.nil_returns import NilReturn, NilReturnReminder, NilReturnRule
from integrity.casework.models.policy import PolicyRow, PolicyRowQuerySet, WeightRow
from integrity.casework.models.signoff import ChecklistItem, SignOff
from integrity.casework.models.work import Deadline, Draft, Notice, Referral

__all__ = [
    "Attachment",
    "Case",
    "CaseLink",
    "CaseVersion",
    "Challenge",
    "ChecklistItem",
    "Deadline",
    "Decision",
    "Draft",
    "ImportBatch",
    "ImportMapping",
    "ImportUpload",
    "ImportedRow",
    "NilReturn",
    "NilReturnReminder",
    "NilReturnRule",
    "Notice",
    "PolicyRow",
    "PolicyRowQuerySet",
    "Question",
    "Referral",
    "SignOff",
    "WeightRow",
    "outside_of",
]
