"""The words of the business interests register."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where an interest stands, from application to cessation."""

    WITH_SUPERVISOR = "with_supervisor", "With supervisor"
    WITH_HR = "with_hr", "With HR"
    WITH_VETTING = "with_vetting", "With vetting"
    WITH_PSD = "with_psd", "With PSD"
    QUERIED = "queried", "Returned with a question"
    SECOND_APPROVAL = "second_approval", "Waiting for a second approver"
    APPROVED = "approved", "Approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions", "Approved with conditions"
    REFUSED = "refused", "Refused"
    REVOKED = "revoked", "Approval revoked"
    APPEALED = "appealed", "Under appeal"
    CEASED = "ceased", "Ceased"
    WITHDRAWN = "withdrawn", "Withdrawn"


# what a second approver's decision is who does not agree
SENT_BACK = "sent_back"
# Decisions on the way to one, which are PSD's alone until the applicant has it in writing.
NOT_FINAL = (Status.SECOND_APPROVAL, SENT_BACK)


class Verb(TextChoices):
    """What can be done with an interest; each is one row of TRANSITIONS."""

    APPLY = "apply"
    GIVE_VIEW = "give-view"
    GIVE_HR_VIEW = "give-hr-view"
    GIVE_VETTING_VIEW = "give-vetting-view"
    GO_ON = "go-on-without"
    ASK = "ask"
    ANSWER = "answer"
    ASSIGN = "assign"
    APPROVE = "approve"
    SECOND_APPROVE = "approve-as-second"
    SEND_BACK = "send-back"
    REFUSE = "refuse"
    APPEAL = "appeal"
    SEND_PAPERS = "send-papers"
    WITHDRAW_APPEAL = "withdraw-appeal"
    DECIDE_APPEAL = "decide-appeal"
    CHECK_CONDITION = "check-condition"
    CONFIRM_CONDITION = "confirm-condition"
    FOLLOW_UP = "follow-up"
    OPEN_REVIEW = "open-review"
    ANSWER_REVIEW = "answer-review"
    GIVE_REVIEW_VIEW = "give-review-view"
    RENEW = "renew"
    VARY = "vary-conditions"
    REVOKE = "revoke"
    REPORT_CHANGE = "report-change"
    CEASE = "cease"
    WITHDRAW = "withdraw"
    ATTACH = "add-paper"
    REOPEN = "reopen"
    CHALLENGE = "challenge"
    ANSWER_CHALLENGE = "answer-challenge"
    DISPOSE_CHALLENGE = "close-challenge"


class Category(TextChoices):
    """Kinds of interest (RULES, Business interests 3)."""

    WAGED = "waged", "Waged employment"
    SELF_EMPLOYED = "self_employed", "Self-employment"
    DIRECTORSHIP = "directorship", "Company directorship or partnership"
    FAMILY_BUSINESS = "family_business", "Family business"
    TRAINING = "training", "Training or teaching"
    CONSULTANCY = "consultancy", "Consultancy"
    LETTING = "letting", "Property letting"
    HOBBY = "hobby", "Paid hobby"
    PERFORMANCE = "performance", "Performance"
    VOLUNTARY = "voluntary", "Voluntary work"
    LICENCE = "licence", "Licence"
    RELATIVES_LICENCE = "relatives_licence", "Relative’s licence"
    OTHER = "other", "Other"


class Holder(TextChoices):
    SELF = "self", "Mine"
    RELATIVE = "relative", "A relative’s"


class LegalBasis(TextChoices):
    """Under what somebody applies (RULES, Business interests 1)."""

    POLICE_REGULATIONS = (
        "police_regulations",
        "Police Regulations 2003, regulations 7 to 9 (as substituted in August 2012)",
    )
    FORCE_POLICY = "force_policy", "Force policy"
    CONTRACT = "contract", "Contract with the employer and force policy"


class LicenceKind(TextChoices):
    ALCOHOL = "alcohol", "Sale of alcohol"
    REFRESHMENT = "refreshment", "Refreshment house"
    BETTING = "betting", "Betting and gaming"
    ENTERTAINMENT = "entertainment", "Place of entertainment"


class Stance(TextChoices):
    """What the force's list says of an occupation, strictest first."""

    REFUSE = "refuse", "Normally refused"
    CONDITIONS = "conditions", "Allowed with conditions only"
    ADVICE = "advice", "Ask for advice first"


class AssessmentKind(TextChoices):
    """Whose view is asked before PSD decides."""

    SUPERVISOR = "supervisor", "Supervisor"
    HR = "hr", "HR"
    VETTING = "vetting", "Vetting"


class View(TextChoices):
    SUPPORT = "support", "No concerns"
    CONCERNS = "concerns", "Concerns, which are set out"
    OBJECT = "object", "It should not be approved"


class Ground(TextChoices):
    """Why an application is refused or an approval revoked, for counting and for boards."""

    ROLE_CONFLICT = "role_conflict", "Conflict with the role"
    PERFORMANCE = "performance", "Performance or attendance"
    WELFARE = "welfare", "Welfare or working time"
    VETTING = "vetting", "Vetting"
    REPUTATION = "reputation", "Risk to the force’s reputation"
    LISTED = "listed", "Incompatible occupation"
    CONDITIONS_BROKEN = "conditions_broken", "Conditions were not kept"
    NO_ANSWER = "no_answer", "Questions or a review were not answered"
    OTHER = "other", "Another reason"


class ConditionKind(TextChoices):
    """The library of conditions (RULES, Business interests 7)."""

    HOURS = "hours", "Limit of hours a week"
    NOT_IN_FORCE_AREA = "not_in_force_area", "No work within the force area"
    NO_UNIFORM = "no_uniform", "No use of uniform or warrant"
    NOT_FOR = "not_for", "No work for a named organisation"
    AGENT = "agent", "Through a managing agent"
    END_DATE = "end_date", "Until a date"
    NOTIFY = "notify", "Notify changes"
    OTHER = "other", "Other"


class CheckMethod(TextChoices):
    """How a condition is checked."""

    ASK_SUPERVISOR = "ask_supervisor", "Ask the supervisor"
    PAYSLIPS = "payslips", "Payslips or invoices"
    DOCUMENT = "document", "See the agreement or another document"
    OPEN_SOURCES = "open_sources", "Companies House, the internet, social media"
    VISIT = "visit", "Visit"
    ASK_HOLDER = "ask_holder", "Ask the person"
    OTHER = "other", "Another way"


class CheckOutcome(TextChoices):
    KEPT = "kept", "Kept"
    BROKEN = "broken", "Broken"
    UNCLEAR = "unclear", "Could not tell"


class IfBroken(TextChoices):
    """What a broken condition opens."""

    CHALLENGE = "challenge", "Challenge the person"
    REFER = "refer", "Hand it over for investigation"


class FollowUpOutcome(TextChoices):
    NOT_DOING_IT = "not_doing_it", "They are not doing it"
    DOING_IT = "doing_it", "They are doing it after all"
    UNCLEAR = "unclear", "Could not tell"


class ReviewCause(TextChoices):
    """Why an approved interest is looked at again."""

    SCHEDULED = "scheduled", "Regular review"
    CIRCUMSTANCES = "circumstances", "Circumstances have changed"
    RANK = "rank", "Rank or grade changed"
    UNIT = "unit", "Unit changed"
    ROLE = "role", "Role changed"
    HOURS = "hours", "Hours of duty changed"
    SUPPLIER = "supplier", "The organisation supplies the force"
    CROSS_CHECK = "cross_check", "A cross-check found something"
    PSD = "psd", "PSD asks"


class ReviewOutcome(TextChoices):
    RENEWED = "renewed", "Renewed"
    VARIED = "varied", "Renewed with other conditions"
    REVOKED = "revoked", "Approval revoked"
    CEASED = "ceased", "The interest had ceased"


class AppealOutcome(TextChoices):
    UPHELD = "upheld", "Upheld: the appeal succeeds"
    DISMISSED = "dismissed", "Dismissed: the decision stands"
    VARIED = "varied", "Conditions varied"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CeasedBecause(TextChoices):
    STOPPED = "stopped", "The person stopped"
    LEFT = "left", "The person left the force"
    ENDED = "ended", "It was approved until a date"


class Purpose(TextChoices):
    """What a draft will become."""

    APPLY = "apply", "Application"


class Factor(TextChoices):
    """What adds to the risk score of an interest; each has its weight in the policy row."""

    LISTED_REFUSE = "listed_refuse", "Occupation that is normally refused"
    LISTED_OTHER = "listed_other", "Occupation on the force’s list"
    POLICE_KNOWLEDGE = "police_knowledge", "Uses police knowledge or contacts"
    SUPPLIES_FORCE = "supplies_force", "The organisation supplies the force"
    REPUTATION = "reputation", "Could reflect on the force"
    ROLE_CONFLICT = "role_conflict", "Conflict with the role, says the supervisor"
    PERFORMANCE = "performance", "Performance or attendance, says the supervisor"
    WELFARE = "welfare", "Welfare, says the supervisor or HR"
    VETTING = "vetting", "Vetting has concerns"
    OVER_HOURS = "over_hours", "Average week over the limit"
    NO_AGENT = "no_agent", "Letting without a managing agent"
    LICENCE = "licence", "Licence in the force area"
    REFUSED_BEFORE = "refused_before", "Refused before"
    BROKEN_BEFORE = "broken_before", "Broke a condition before"
    CHIEF_OFFICER = "chief_officer", "Chief officer"


# what each stored value of an interest is called
WORDS = {
    str(value): str(label)
    for enum in (Category, Holder, LegalBasis, LicenceKind)
    for value, label in enum.choices
}
