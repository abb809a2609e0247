"""The words every case shares."""

from django.db.models import TextChoices


class Actor(TextChoices):
    """The part somebody plays in a case; TRANSITIONS says which parts may use a verb."""

    DECLARANT = "declarant", "Declarant"
    SUPERVISOR = "supervisor", "Supervisor"
    PEER = "peer", "Chief officer colleague"
    PSD = "psd", "PSD"
    BOARD = "board", "Governance member"
    CHALLENGED = "challenged", "Person challenged"
    HR = "hr", "HR"
    VETTING = "vetting", "Vetting"
    CHIEF = "chief", "Chief officer who hears the appeal"
    PRESS = "press", "Press office"
    PROCUREMENT = "procurement", "Procurement"


class Stage(TextChoices):
    """Where in a round of a case somebody decides; a view, a supervisor's or a peer's, is no stage."""

    SUPERVISOR = "supervisor", "Supervisor"
    PSD = "psd", "PSD"
    AUTHORISATION = "authorisation", "Authorisation"
    SECOND_APPROVAL = "second_approval", "Second approver"
    APPEAL = "appeal", "Appeal to the chief officer"


class Phase(TextChoices):
    """Where any register's case stands, for queues; each register maps its own statuses to these."""

    OPEN = "open", "Open"
    WAITING = "waiting", "Waiting for the declarant"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Standing(TextChoices):
    """What one register knows of a unit for a quarter: none of these is a zero (DESIGN §1.5)."""

    DECLARED = "declared", "Declared"
    NIL = "nil", "Nil returned"
    SILENT = "silent", "Not recorded"
    NOT_ASKED = "not_asked", "Not asked"
    NOT_DUE = "not_due", "Not due yet"


class Source(TextChoices):
    DECLARED = "declared", "Declared"
    IMPORTED = "imported", "Imported from a legacy register"


class DeadlineKind(TextChoices):
    """What somebody has to do by a day."""

    DECIDE = "decide", "Decide"
    ANSWER_QUESTION = "answer_question", "Answer a question"
    ANSWER_CHALLENGE = "answer_challenge", "Answer a challenge"
    DISPOSE_CHALLENGE = "dispose_challenge", "Close a challenge"
    PEER_REVIEW = "peer_review", "Give a peer review"
    CONFIRM = "confirm", "Confirm an entry made for you"
    RECORD_OUTCOME = "record_outcome", "Say what happened"
    ACT = "act", "Do what PSD asked"
    ASSESS = "assess", "Give a view before the decision"
    PAPERS = "papers", "Send papers for an appeal"
    HEAR_APPEAL = "hear_appeal", "Decide an appeal"
    CHECK_CONDITION = "check_condition", "Check a condition"
    FOLLOW_UP = "follow_up", "Follow a refusal up"
    REVIEW = "review", "Review"
    ANSWER_REVIEW = "answer_review", "Answer a review"
    ASSESS_REVIEW = "assess_review", "Give a view on a review"
    ACKNOWLEDGE = "acknowledge", "Acknowledge"
    DECLARE_OFFER = "declare_offer", "Declare what was offered"
    RECHECK = "recheck", "Look again"


class ChallengeDisposal(TextChoices):
    """How a challenge ended."""

    JUSTIFIED = "justified", "The entry was justified"
    ADVICE = "advice", "Advice given"
    CORRECTED = "corrected", "The entry was corrected"
    REFERRED = "referred", "Referred for investigation"


class ReferralSource(TextChoices):
    """What led to a hand-over for investigation."""

    LEAK_FLAG = "leak_flag", "Possible leak flagged"
    CHALLENGE = "challenge", "Challenge"
    CONDITION_CHECK = "condition_check", "Check of a condition"
    FOLLOW_UP = "follow_up", "Follow-up of a refusal"
    DECISION = "decision", "Decision on an entry"
    CROSS_CHECK = "cross_check", "Cross-check"
    PERSON = "person", "Referral by a person"
    ANONYMOUS = "anonymous", "Anonymous report"


class SignOffCapacity(TextChoices):
    REGISTER_OWNER = "register_owner", "Register owner"
    OVERSIGHT_BODY = "oversight_body", "Oversight body"
