"""The words of oversight: what is counted, over which spans, and what a figure that is no number is."""

from django.db.models import TextChoices

EVERY_BAND = "*"


class Grain(TextChoices):
    """Over what the tally sums; a year begins in April, as boards' years do."""

    MONTH = "month", "Month"
    YEAR = "year", "Year from April"


class Measure(TextChoices):
    """What is counted of cases; sql/facts.sql says how, and which parts each key has."""

    ENTRIES = "entries", "Entries"
    WITHDRAWN = "withdrawn", "Entries withdrawn"
    OFFERS = "gifts.entries", "Offers"
    ITEMS = "gifts.items", "Items offered"
    PROVIDER_KINDS = "gifts.provider_kinds", "Offers by kind of provider"
    PROVIDERS = "gifts.providers", "Offers by provider"
    PEER_REVIEWS = "gifts.peer_reviews", "Peer reviews"
    GIFT_DECISIONS = "gifts.decisions", "Decisions about offers"
    APPLICATIONS = "interests.applications", "Applications"
    DECIDED = "interests.decided", "Applications decided"
    AGAINST_GUIDANCE = "interests.against_guidance", "Approvals against guidance"
    CEASED = "interests.ceased", "Interests ceased"
    REVIEWS = "interests.reviews", "Reviews done"
    CHECKS = "interests.checks", "Checks of conditions"
    FOLLOW_UPS = "interests.follow_ups", "Refusals followed up"
    APPEALS = "interests.appeals", "Appeals"
    CONTACTS = "media.contacts", "Contacts with the media"
    CHALLENGES = "challenges", "Challenges"
    INVESTIGATIONS = "investigations", "Investigations"
    CLOSED = "investigations.closed", "Investigations closed"
    RESTRICTIONS = "investigations.restrictions", "Suspensions and restrictions"
    EXTERNAL = "investigations.external", "Referrals to external bodies"


# What boards may not read, and what only PSD may.
CONFIDENTIAL = frozenset({Measure.INVESTIGATIONS, Measure.RESTRICTIONS, Measure.EXTERNAL})

# What waits today: told by facts alone, and summed over no period. sql/facts.sql says how.
WAITING = (
    "waiting.gifts",
    "waiting.business_interests",
    "waiting.media_contacts",
    "waiting.investigations",
    "waiting.owners",
    "waiting.clocks",
    "waiting.challenges",
    "waiting.reviews",
    "waiting.checks",
    "waiting.follow_ups",
    "waiting.restrictions",
)
