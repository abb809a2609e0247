"""The words of the register of media contacts."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a contact stands."""

    ROUTED = "routed", "Request routed to an officer"
    LOGGED = "logged", "Logged"
    QUERIED = "queried", "Question to the officer"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    NO_CONTACT = "no_contact", "No contact took place"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Verb(TextChoices):
    """What can be done with a contact; each is one row of TRANSITIONS."""

    LOG = "log"
    ROUTE = "route"
    COMPLETE = "say-what-happened"
    NO_CONTACT = "no-contact"
    CONFIRM = "confirm"
    ACKNOWLEDGE = "acknowledge"
    CORRECT_NAMES = "correct-names"
    LINK_COVERAGE = "link-coverage"
    FLAG_LEAK = "flag-leak"
    LIST = "put-on-the-list"
    ASK = "ask"
    ANSWER = "answer"
    CHALLENGE = "challenge"
    ANSWER_CHALLENGE = "answer-challenge"
    DISPOSE_CHALLENGE = "close-challenge"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


class Channel(TextChoices):
    """How the contact came about."""

    PHONE = "phone", "Telephone"
    IN_PERSON = "in_person", "In person"
    WRITING = "writing", "E-mail or message"
    EVENT = "event", "Briefing or event"
    QUOTE = "quote", "A quote through the press office"


class Basis(TextChoices):
    """On what footing somebody spoke (RULES, Media contacts 3). 'Off the record' is none of them."""

    REPORTABLE = "reportable", "Reportable"
    NON_REPORTABLE = "non_reportable", "Not reportable"
    EMBARGOED = "embargoed", "Embargoed"


class OffRecord(TextChoices):
    """Never a basis; that it was asked for or happened is recorded, and flagged."""

    ASKED = "asked", "They asked to speak off the record"
    HAPPENED = "happened", "Something was said off the record"


class PressCard(TextChoices):
    """Whether a press card was seen, or why not (RULES, Media contacts 4)."""

    SEEN = "seen", "Seen"
    REMOTE = "remote", "Not seen: by phone or in writing"
    KNOWN = "known", "Not seen: I know them"
    OTHER = "other", "Not seen: another reason"


class Reach(TextChoices):
    """Whom an outlet reaches; investigations are counted so (HMIC 2012, p. 21)."""

    LOCAL = "local", "Local"
    NATIONAL = "national", "National"
    OTHER = "other", "Other: trade, freelance, online only"


class Scope(TextChoices):
    """Which contacts a force asks people to log (RULES, Media contacts 6)."""

    EVERYTHING = "everything", "Every contact"
    WITHOUT_COVERAGE = "without_coverage", "Only contact that did not lead to coverage"


class Evidence(TextChoices):
    """What a compliance check looked at (RULES, Media contacts 7)."""

    TELEPHONE = "telephone", "Telephone records"
    DIARY = "diary", "Diary"


class Factor(TextChoices):
    """What adds to the risk score of a contact; each has its weight in the policy row."""

    OFF_RECORD = "off_record", "Something was said off the record"
    OFF_RECORD_ASKED = "off_record_asked", "Off the record was asked for"
    NOT_RESPONSIBLE = "not_responsible", "Not the person responsible for saying it"
    NO_PURPOSE = "no_purpose", "No policing purpose"
    NO_CARD = "no_card", "No press card, for another reason"
    NOT_TOLD = "not_told", "The press office was not told"
    NON_REPORTABLE = "non_reportable", "Not reportable"
    HOSPITALITY = "hospitality", "Something was offered"
    LATE = "late", "Logged late"
    CHIEF_OFFICER = "chief_officer", "Chief officer"


# what each stored value of a contact is called
WORDS = {
    str(value): str(label)
    for enum in (Channel, Basis, OffRecord, PressCard)
    for value, label in enum.choices
}
