"""The business interests register."""

from registers.business_interests.models.interest import (
    Assessment,
    Interest,
    InterestQuerySet,
)
from registers.business_interests.models.keeping import (
    Appeal,
    Condition,
    ConditionCheck,
    FollowUp,
    Review,
    WrittenNotice,
)
from registers.business_interests.models.oversight import PdrRecord, RefusalDiscussion
from registers.business_interests.models.policy import (
    ConditionTemplate,
    FactorWeight,
    InterestPolicy,
    ListedOccupation,
    MemberRule,
    ReviewInterval,
)

__all__ = [
    "Appeal",
    "Assessment",
    "Condition",
    "ConditionCheck",
    "ConditionTemplate",
    "FactorWeight",
    "FollowUp",
    "Interest",
    "InterestPolicy",
    "InterestQuerySet",
    "ListedOccupation",
    "MemberRule",
    "PdrRecord",
    "RefusalDiscussion",
    "Review",
    "ReviewInterval",
    "WrittenNotice",
]
