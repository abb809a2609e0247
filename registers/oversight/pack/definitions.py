"""The words of a pack, for a reader who sees it alone: on paper, and years after."""

from collections.abc import Sequence

from registers.oversight.published import NOT_WHOLE_QUARTERS

WORDS: Sequence[tuple[str, str]] = (
    (
        "Entry",
        "What somebody declared in a register: an offer, an interest or a contact with the media.",
    ),
    (
        "Offer",
        "A gift or hospitality offered to a member of the force, whether it was accepted or declined. It "
        "may hold several items.",
    ),
    (
        "Business interest",
        "A second job, business, directorship, letting, licence or relative’s interest that somebody "
        "applied to have.",
    ),
    ("Media contact", "A contact between a member of the force and a journalist."),
    (
        "Chief officer",
        "An officer above the rank of chief superintendent, or staff of equal standing.",
    ),
    (
        "Challenge",
        "A question by which PSD or a member of the board asks somebody to justify an entry. It stays open "
        "until it is answered and closed.",
    ),
    (
        "Peer review",
        "The view of another chief officer on an offer to a colleague, before it is decided.",
    ),
    (
        "Nil return",
        "A unit’s head has said that there was nothing in a quarter. Of a silent unit nothing is known.",
    ),
    ("PSD", "The professional standards department."),
    (
        "The period before",
        "As many months, or days, as the period has, ending on the day before it begins.",
    ),
)
WITHHELD = (
    "Numbers under five",
    f"{NOT_WHOLE_QUARTERS} Each figure is put together from quarters of five or more. A number under five "
    "is carried into the next quarter of the year from April, or withheld with every number from which it "
    "could be worked out. So a figure that is not marked is whole, and “at least 12” is a sum of which some is left "
    "out.",
)
TRUE_COUNTS = (
    "True counts",
    "The figures here are true counts, for the board in private. Small numbers in them can tell who is "
    "meant: the public version withholds them.",
)


def definitions(*, public: bool) -> list[tuple[str, str]]:
    return [*WORDS, WITHHELD if public else TRUE_COUNTS]
