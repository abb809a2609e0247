"""The words of integrity investigations (RULES, Policies, investigations, governance)."""

from collections.abc import Mapping

from django.db.models import TextChoices


class Status(TextChoices):
    """Where an investigation stands."""

    CONTINUING = "continuing", "Continuing"
    REFERRED = "referred", "Referred to an external body"
    CLOSED = "closed", "Closed"


class Verb(TextChoices):
    """What can be done with an investigation; each is one row of TRANSITIONS."""

    OPEN = "open"
    ASSIGN = "assign"
    CLASSIFY = "classify"
    IDENTIFY = "identify"
    ASSESS = "assess"
    ADD_REFERRAL = "add-referral"
    SUSPEND = "suspend"
    END_RESTRICTION = "end-restriction"
    REFER_OUT = "refer-out"
    RETURN = "return-from-referral"
    RECORD_POST = "record-post"
    RECHECK = "recheck"
    CLOSE = "close"
    REOPEN = "reopen"


class Category(TextChoices):
    """What an investigation is about; one without a category is not categorised yet."""

    MEDIA_RELATIONSHIP = "media_relationship", "Relationship with the media"
    DISCLOSURE = "disclosure", "Disclosure of information"
    SOCIAL_MEDIA = "social_media", "Social media"
    GRATUITIES = "gratuities", "Gratuities and hospitality"
    SECONDARY_EMPLOYMENT = "secondary_employment", "Secondary employment"
    PROCUREMENT = "procurement", "Procurement"


NOT_CATEGORISED = "Not categorised"


class SubCategory(TextChoices):
    """To whom information went, or with which media the relationship was."""

    CRIMINALS = "criminals", "To criminals"
    FRIENDS_FAMILY = "friends_family", "To friends or family"
    PERSONAL_USE = "personal_use", "For personal use"
    LOCAL_MEDIA = "local_media", "To or with the local media"
    NATIONAL_MEDIA = "national_media", "To or with the national media"
    OTHERS = "others", "To others"


KIND_NOT_KNOWN = "Kind not known"

# The kinds that a category has; the others have none.
SUBCATEGORIES: Mapping[str, tuple[SubCategory, ...]] = {
    Category.MEDIA_RELATIONSHIP: (SubCategory.LOCAL_MEDIA, SubCategory.NATIONAL_MEDIA),
    Category.DISCLOSURE: tuple(SubCategory),
}


class Outcome(TextChoices):
    """How an investigation ended."""

    NO_FURTHER_ACTION = "no_further_action", "No further action"
    ADVICE = "advice", "Management advice or warning"
    RESIGNED = "resigned", "Resigned"
    RETIRED = "retired", "Retired"
    DISMISSED = "dismissed", "Dismissed"


LEFT = (Outcome.RESIGNED, Outcome.RETIRED, Outcome.DISMISSED)


class Standing(TextChoices):
    """The five groups in which the report counts investigations (HMIC 2012)."""

    CONTINUING = "continuing", "Continuing"
    REFERRED = "referred", "Referred to an external body"
    NO_FURTHER_ACTION = "no_further_action", "No further action"
    ADVICE = "advice", "Management advice or warning"
    LEFT = "left", "Resigned, retired or dismissed"


class Platform(TextChoices):
    """Where a post was made."""

    FACEBOOK = "facebook", "Facebook"
    TWITTER = "twitter", "X (Twitter)"
    INSTAGRAM = "instagram", "Instagram"
    TIKTOK = "tiktok", "TikTok"
    OTHER = "other", "Somewhere else"


class Behaviour(TextChoices):
    """What is wrong with a post, as the report lists it (HMIC 2012, p. 34)."""

    OFFENSIVE = "offensive", "Offensive language or behaviour"
    PROTOCOL = "protocol", "Comments on police protocol or procedure"
    NEGATIVITY = "negativity", "Negativity towards work"
    EXTREME = "extreme", "Extreme opinions on Government"


class RestrictionKind(TextChoices):
    SUSPENDED = "suspended", "Suspended"
    RESTRICTED = "restricted", "Restricted duties"


class Factor(TextChoices):
    """What adds to the risk score; each has its weight in the policy row (HMIC 2012, BTP)."""

    CRIMINALS = "criminals", "Disclosure to criminals"
    MEDIA = "media", "Disclosure to the media"
    CHIEF_OFFICER = "chief_officer", "Chief officer"
    REPEATED = "repeated", "Investigated before within the policy’s months"
    SEVERAL_SOURCES = "several_sources", "More than one referral"
    STILL_HAS_ACCESS = "still_has_access", "They still have access"
    HARM = "harm", "Somebody may come to harm"
    EVIDENCE = "evidence", "Evidence may be lost"
    STILL_VISIBLE = "still_visible", "The post is still to be seen"


# PSD ticks these; the others are read from what is recorded.
TICKED = (Factor.STILL_HAS_ACCESS, Factor.HARM, Factor.EVIDENCE)

# what each stored value of an investigation is called
WORDS = {
    str(value): str(label)
    for enum in (Standing, SubCategory, Category, Status, Outcome)
    for value, label in enum.choices
}
