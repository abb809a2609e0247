"""What procurement's records are in, and what part somebody has in a tender or a contract."""

from django.db.models import TextChoices


class AwardStatus(TextChoices):
    """As the Open Contracting Data Standard says it; only what is active or pending counts."""

    PENDING = "pending", "Pending"
    ACTIVE = "active", "Awarded"
    CANCELLED = "cancelled", "Cancelled"
    UNSUCCESSFUL = "unsuccessful", "Unsuccessful"


class TenderStatus(TextChoices):
    """As the Open Contracting Data Standard says it."""

    PLANNING = "planning", "Planning"
    PLANNED = "planned", "Planned"
    ACTIVE = "active", "Open"
    CANCELLED = "cancelled", "Cancelled"
    UNSUCCESSFUL = "unsuccessful", "Unsuccessful"
    COMPLETE = "complete", "Complete"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Stated(TextChoices):
    """Yes and no, and what nobody has said."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_STATED = "", "Not stated"


class Part(TextChoices):
    """What somebody does in a tender or a contract."""

    SPECIFIES = "specifies", "Wrote the specification"
    EVALUATES = "evaluates", "Evaluates bids"
    APPROVES = "approves", "Approves the award"
    BUDGET = "budget", "Holds the budget"
    MANAGES = "manages", "Manages the contract"
    ADVISES = "advises", "Advises"


class Declared(TextChoices):
    """What somebody involved said of the bidders."""

    NOT_YET = "", "Not declared yet"
    NONE = "none", "No interest in any bidder"
    INTEREST = "interest", "An interest in a bidder"


class Verdict(TextChoices):
    """Whether a purchase by card was right, not only whether it adds up."""

    RIGHT = "right", "Right"
    WRONG = "wrong", "Not right"
    REFERRED = "referred", "Referred to PSD"


class State(TextChoices):
    """Where a purchase by card stands, in one word for its holder and the desk.

    It follows from what was said of it and is not kept.
    """

    TO_JUSTIFY = "to_justify", "To be justified"
    TO_REVIEW = "to_review", "Waiting for review"
    RIGHT = Verdict.RIGHT.value, "Reviewed: right"
    WRONG = Verdict.WRONG.value, "Reviewed: not right"
    REFERRED = Verdict.REFERRED.value, "Referred to PSD"


class Verb(TextChoices):
    """What can be done with a purchase; each is one row of PURCHASE_TRANSITIONS."""

    JUSTIFY = "justify"
    FIND_RIGHT = "find-right"
    FIND_WRONG = "find-not-right"
    REFER = "refer"
