"""The words of the gifts and hospitality register."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where an offer stands."""

    AUTHORISATION_SOUGHT = "authorisation_sought", "Authorisation sought"
    AUTHORISED = "authorised", "Authorised, outcome to be recorded"
    AUTHORISATION_REFUSED = "authorisation_refused", "Authorisation refused, outcome to be recorded"
    PEER_REVIEW = "peer_review", "In peer review"
    WITH_SUPERVISOR = "with_supervisor", "With supervisor"
    WITH_PSD = "with_psd", "With PSD"
    QUERIED = "queried", "Question to declarant"
    RECORDED = "recorded", "Recorded"
    COMPLIANT = "compliant", "Compliant"
    NON_COMPLIANT = "non_compliant", "Not compliant"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Verb(TextChoices):
    """What can be done with an offer; each is one row of TRANSITIONS."""

    DECLARE = "declare"
    SEEK_AUTHORISATION = "seek-authorisation"
    PEER_REVIEW = "peer-review"
    AUTHORISE = "authorise"
    REFUSE_AUTHORISATION = "refuse-authorisation"
    RECORD_OUTCOME = "record-outcome"
    CONFIRM = "confirm"
    APPROVE = "approve"
    ESCALATE = "escalate"
    ASSIGN = "assign"
    ASK = "ask"
    ANSWER = "answer"
    ACCEPT = "accept-as-compliant"
    REJECT = "mark-non-compliant"
    CHALLENGE = "challenge"
    ANSWER_CHALLENGE = "answer-challenge"
    DISPOSE_CHALLENGE = "close-challenge"
    REOPEN = "reopen"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RECORD_DISPOSAL = "record-disposal"


class ItemKind(TextChoices):
    GIFT = "gift", "Gift"
    GRATUITY = "gratuity", "Gratuity"
    HOSPITALITY = "hospitality", "Hospitality"
    DISCOUNT = "discount", "Discount or concession"
    BEQUEST = "bequest", "Bequest"
    DONATION = "donation", "Donation"
    SPONSORSHIP = "sponsorship", "Sponsorship"
    COLLECTION = "collection", "Collection"
    CASH = "cash", "Cash or vouchers"
    HOSPITALITY_GIVEN = "hospitality_given", "Hospitality we gave"


class ProviderKind(TextChoices):
    PUBLIC = "public", "Member of the public"
    LOCAL_BUSINESS = "local_business", "Local business"
    CONTRACTOR = "contractor", "Current contractor"
    PROSPECTIVE_SUPPLIER = "prospective_supplier", "Prospective supplier"
    MEDIA = "media", "Media"
    PARTNER = "partner", "Partner agency"
    POLICE = "police", "Other police force"
    FOREIGN = "foreign", "Foreign government"
    UNION = "union", "Trade union or staff association"
    CHARITY = "charity", "Charity"
    UNKNOWN = "unknown", "Not known"


# what the force's own records may say that a provider is
SUPPLIERS = (ProviderKind.CONTRACTOR, ProviderKind.PROSPECTIVE_SUPPLIER)
ANONYMOUS = (ProviderKind.UNKNOWN, ProviderKind.PUBLIC)


class ItemDecision(TextChoices):
    """What the recipient did; declining is the presumption and comes first."""

    DECLINED = "declined", "Declined"
    ACCEPTED = "accepted", "Accepted"
    ACCEPTED_FOR_FORCE = "accepted_for_force", "Accepted on behalf of the force"
    UNDECIDED = "undecided", "Not decided yet: authorisation is asked for"


ACCEPTED = (ItemDecision.ACCEPTED, ItemDecision.ACCEPTED_FOR_FORCE)


class Disposal(TextChoices):
    """What became of an item."""

    KEPT = "kept", "Kept"
    SHARED = "shared", "Shared in the unit"
    CONSUMED = "consumed", "Eaten or drunk, or the event attended"
    RETURNED = "returned", "Returned"
    DONATED = "donated", "Given to charity"
    RAFFLED = "raffled", "Raffled"
    SURRENDERED = "surrendered", "Handed to the force"
    DESTROYED = "destroyed", "Destroyed"


class ValueKind(TextChoices):
    EXACT = "exact", "I know the exact value"
    ESTIMATED = "estimated", "I can estimate it"
    RANGE = "range", "It is between two amounts"
    UNKNOWN = "unknown", "I do not know"
    BOUND = "bound", "Above or below an amount"
    OTHER_CURRENCY = "other_currency", "In another currency"


class Route(TextChoices):
    """Where a policy's band sends an item of a value (RULES, Gifts 5), least careful first."""

    RECORD = "record", "Record without a decision"
    SUPERVISOR = "supervisor", "Supervisor decides"
    PSD = "psd", "PSD decides"
    REFUSE = "refuse", "Refuse: the policy does not allow it"


class Refreshments(TextChoices):
    EACH = "each", "Record each"
    COUNT = "count", "Record a monthly count"
    NOT_REQUIRED = "not_required", "Need not be recorded"


class TeamView(TextChoices):
    """Which of the team's entries a supervisor sees."""

    NONE = "none", "None but those they decide"
    ACCEPTED = "accepted", "Those with something accepted"
    ALL = "all", "All"


class Action(TextChoices):
    """What follows when an offer is not compliant."""

    ADVICE = "advice", "Advice given"
    RETURN = "return", "Return the gift"
    REFER = "refer", "Refer for investigation"


class PeerView(TextChoices):
    DECLINE = "decline", "It should be declined"
    ACCEPT = "accept", "It may be accepted"
    UNSURE = "unsure", "I am not sure"


class Purpose(TextChoices):
    """What a draft will become."""

    DECLARE = "declare", "Declaration"
    SEEK_AUTHORISATION = "authorise", "Request for authorisation"
    RECORD_OUTCOME = "outcome", "Outcome of a request"
    CORRECT = "correct", "Correction"


class Factor(TextChoices):
    """What adds to the risk score of an offer; each has its weight in the policy row."""

    ACCEPTED = "accepted", "Something was accepted"
    GIFT_TEST = "gift_test", "Fails the GIFT test"
    AGAINST_POLICY = "against_policy", "Accepted against the policy"
    HIGH_VALUE = "high_value", "Value that PSD decides on"
    UNKNOWN_VALUE = "unknown_value", "Value not known in pounds"
    PROVIDER = "provider", "Supplier, bidder or media"
    REPEATED = "repeated", "Repeated offers from one provider"
    ALCOHOL = "alcohol", "Alcohol"
    LATE = "late", "Declared late"
    CHIEF_OFFICER = "chief_officer", "Chief officer"


# what each stored value of an offer is called
WORDS = {
    str(value): str(label)
    for enum in (ValueKind, ItemKind, ProviderKind, ItemDecision, Disposal)
    for value, label in enum.choices
}

# what an outcome and the action that follows it are called
RULINGS = {str(value): str(label) for value, label in (*Status.choices, *Action.choices)}
