"""What the demo's investigations are about, how they end, and what can be learnt from them.

As many of each sort as the national figures have it (HMIC 2012, of 2,207): four in five are about
information that went where it should not; a third continue or are with another body, a third ended
with nothing to do, three in ten with advice. What grew out of an entry of another register is told
in ``investigation_stories.py`` and counts among them.
"""

from collections.abc import Mapping, Sequence

from registers.demo.data.disclosures import (
    ADVICE,
    DISCLOSURES,
    EVIDENCE,
    LEFT,
    NOTHING,
    REFERRED,
    RESTRICTED,
)
from registers.demo.data.investigations import Matter, Sort
from registers.investigations.enums import Category, Outcome, SubCategory

MATTERS: Mapping[Sort, Sequence[Matter]] = {
    **DISCLOSURES,
    (Category.MEDIA_RELATIONSHIP, SubCategory.LOCAL_MEDIA): (
        Matter(
            "Seen three times at a table with a local reporter",
            NOTHING,
            "All three are in the register of media contacts, and the press office knew.",
        ),
    ),
    (Category.SECONDARY_EMPLOYMENT, ""): (
        Matter(
            "Said to drive deliveries on rest days",
            NOTHING,
            "Boxes carried for a parent’s shop, unpaid; the supervisor has been told since.",
        ),
        Matter(
            "Fitted kitchens while signed off sick",
            ADVICE,
            "One kitchen, a sister’s, half paid. A final written warning.",
            "Ask before you work elsewhere while you are off sick, whatever was approved.",
        ),
    ),
    ("", ""): (
        Matter(
            "Money is missing from the property store",
            REFERRED,
            risks=(EVIDENCE,),
            force="NMR",
            days=131,
            nobody_known=True,
        ),
        Matter(
            "Where the money of a mess fund went",
            NOTHING,
            "The books balance; one receipt had slipped behind a drawer.",
        ),
        Matter(
            "A relationship with a witness that was not declared",
            ADVICE,
            "The trial was over. A final written warning.",
            "Tell your supervisor as soon as you know somebody in a case of yours.",
            limit=RESTRICTED,
            days=330,
            came_back=True,
        ),
        Matter(
            "Overtime claimed for a shift that had been swapped",
            ADVICE,
            "The form was filled in before the swap. Management advice; the money was paid back.",
        ),
        Matter(
            "Private errands in a force vehicle",
            ADVICE,
            "Four trips of a mile or two. A written warning.",
        ),
        Matter(
            "Expenses claimed for journeys that were not made",
            LEFT,
            "Resigned before the hearing, which found the case proved in their absence.",
            limit=RESTRICTED,
            outcome=Outcome.RESIGNED,
            force="NMR",
        ),
    ),
}
