"""The cross-checks by name, who owns what they find, and what an analyst decided."""

from django.db.models import TextChoices


class Check(TextChoices):
    """Each pair of registers that is compared (RULES, Cross-checks; HMIC 2012, pp. 29-31)."""

    OFFER_BEFORE_AWARD = "offer_before_award", "Hospitality, then a contract"
    OFFER_IN_TENDER = "offer_in_tender", "Hospitality during an open tender"
    OFFER_NEAR_PAYMENT = "offer_near_payment", "Hospitality around a payment"
    OFFER_FROM_MERCHANT = "offer_from_merchant", "A card merchant that is a provider"
    INTEREST_IN_SUPPLIER = "interest_in_supplier", "An interest in a supplier"
    INTEREST_IN_PAYEE = "interest_in_payee", "An interest in an organisation that is paid"
    INTEREST_AND_OFFER = "interest_and_offer", "A provider in which the recipient has an interest"
    REPEAT_PROVIDER = "repeat_provider", "The same provider and recipient, again and again"
    MEDIA_HOSPITALITY = "media_hospitality", "Hospitality from an outlet that was briefed"
    CONDITION_BROKEN = "condition_broken", "A condition names an organisation that then appears"
    CONDITION_HOURS = "condition_hours", "More hours than a condition allows"
    RECIPIENT_IN_PROCUREMENT = "recipient_in_procurement", "A recipient with a part in procurement"
    INVOLVED_WITH_INTEREST = (
        "involved_with_interest",
        "An interest in a bidder, and a part in the tender",
    )
    CARD_SPLIT = "card_split", "Purchases split under the limit"
    CARD_WEEKEND = "card_weekend", "Purchases at a weekend or on a bank holiday"
    CARD_OFF_FRAMEWORK = "card_off_framework", "A purchase outside the framework"
    SILENT_UNIT = "silent_unit", "A unit that declares nothing"


class Owner(TextChoices):
    """Whose queue a match is in; PSD's are nobody else's to know of."""

    PSD = "psd", "PSD"
    PROCUREMENT = "procurement", "Procurement"


class Disposition(TextChoices):
    """What an analyst decided of a match; it is not asked again unless something changed."""

    COINCIDENCE = "coincidence", "Coincidence"
    KNOWN = "known", "Known and managed"
    REFERRED = "referred", "Referred for investigation"
    CHALLENGED = "challenged", "Challenged"


class Verb(TextChoices):
    """What can be done with a match."""

    COINCIDENCE = "coincidence", "Coincidence"
    KNOWN = "known", "Known and managed"
    REFER = "refer", "Refer for investigation"
    CHALLENGE = "challenge", "Challenge the entry"
    REOPEN = "reopen", "Reopen"
