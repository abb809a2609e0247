"""The parts of the return that are counted from cases."""

from collections.abc import Collection, Mapping, Sequence

from integrity.ui.tables import Cell
from registers.investigations.enums import (
    KIND_NOT_KNOWN,
    NOT_CATEGORISED,
    SUBCATEGORIES,
    Category,
    Standing,
    SubCategory,
)
from registers.oversight.enums import Measure
from registers.oversight.inspection.parts import NOT_SHOWN, Line, Part, one
from registers.oversight.seen import Parts, Seen

THE_PERIOD = ("Number",)
P20, P21, P24, P30 = (f"HMIC 2012, p. {page}" for page in (20, 21, 24, 30))
OFFERED: Parts = ({"gratuity", "hospitality"},)
APPROVED = {"approved", "approved_with_conditions"}


def gifts(seen: Seen, prefix: str = "G") -> Part:
    """Entries by gratuity and hospitality, accepted and declined (HMIC 2012, p. 24)."""

    def offers(kinds: Collection[str], *parts: Collection[str] | None) -> Sequence[Cell]:
        return one(seen.count(Measure.OFFERS, kinds, *parts))

    both = {"gratuity", "hospitality"}
    lines = [
        Line(f"{prefix}1", "Entries", offers(both),
             "Offers made in the period, accepted or declined; those withdrawn, and hospitality that "
             "we gave, are left out.", P24, "3,512" if prefix == "G" else "112"),
        Line(f"{prefix}2", "of which gratuities", offers({"gratuity"}),
             "Offers in which nothing was hospitality.", P24, "1,850" if prefix == "G" else ""),
        Line(f"{prefix}3", "of which hospitality", offers({"hospitality"}),
             "Offers of which any item was hospitality.", P24, "1,662" if prefix == "G" else ""),
        Line(f"{prefix}4", "Hospitality declined", offers({"hospitality"}, {"declined"}),
             "Offers of hospitality of which every item was declined.", P24,
             "476" if prefix == "G" else ""),
        Line(f"{prefix}5", "Declined in all", offers(both, {"declined"}),
             "Offers of which every item was declined. The report’s 550 are of the 33 forces that "
             "recorded them.", P24, "550" if prefix == "G" else ""),
        Line(f"{prefix}6", "Accepted in all", offers(both, {"accepted"}),
             "Offers of which any item was accepted, for oneself or for the force.", P24),
        Line(f"{prefix}7", "Not decided yet", offers(both, {"undecided"}),
             "Offers about which authorisation is asked for.", P24),
        Line(f"{prefix}8", "Entered late", offers(both, None, {"late"}),
             "Offers entered after the days that the force’s policy allows.", P24),
    ]  # fmt: skip
    title = "Gratuities and hospitality"
    slug = "gratuities-and-hospitality" if prefix == "G" else "oversight-bodies"
    return Part(slug, title, THE_PERIOD, lines)


def applications(seen: Seen) -> Part:
    """Applications by what became of them first (HMIC 2012, p. 30)."""

    def became(*outcomes: str) -> Sequence[Cell]:
        return one(seen.count(Measure.APPLICATIONS, set(outcomes) or None))

    lines = [
        Line("S1", "Applications", became(), "Applications made in the period.", P30, "3,858"),
        Line("S2", "Approved", became(*APPROVED),
             "Approved at first, with or without conditions, whatever came later.", P30, "3,714"),
        Line("S3", "of which with conditions", became("approved_with_conditions"),
             "Approved at first with at least one condition.", P30, "over a third"),
        Line("S4", "Refused", became("refused"), "Refused at first.", P30, "103"),
        Line("S5", "Withdrawn", became("withdrawn"), "Withdrawn before any decision.", P30, "5"),
        Line("S6", "Not decided yet", became("pending"), "No decision yet.", P30, "36"),
        Line("S7", "Reviews done", one(seen.count(Measure.REVIEWS)),
             "Reviews of approved interests closed in the period.", P30),
        Line("S8", "of which in time", one(seen.count(Measure.REVIEWS, None, {"in_time"})),
             "Closed by the day they were due.", P30),
        Line("S9", "Checks of conditions", one(seen.count(Measure.CHECKS)),
             "Times that somebody looked whether a condition is kept; few forces did.", P30),
        Line("S10", "of which found broken", one(seen.count(Measure.CHECKS, {"broken"})),
             "Conditions found not to be kept.", P30),
        Line("S11", "Refusals followed up", one(seen.count(Measure.FOLLOW_UPS)),
             "Times that somebody looked whether a refused interest is not pursued after all.", P30),
        Line("S12", "Appeals", one(seen.count(Measure.APPEALS)),
             "Appeals made in the period against a refusal, revocation or conditions.", P30),
    ]  # fmt: skip
    return Part("second-jobs", "Second jobs and business interests", THE_PERIOD, lines)


def against_guidance(seen: Seen, occupations: Mapping[str, str]) -> Part:
    """Approvals against guidance by occupation (HMIC 2012, p. 30). ``occupations`` by their number."""
    found = seen.figures.by_part(Measure.AGAINST_GUIDANCE, 0)
    named: dict[str, set[str]] = {}
    for number in found:
        name = occupations.get(number, "On the force’s policy, no listed occupation")
        named.setdefault(name, set()).add(number)
    lines = [
        Line("A1", "Approvals against guidance", one(seen.count(Measure.AGAINST_GUIDANCE)),
             "Approved in the period although the force’s list or policy says otherwise, with a "
             "rationale and a second approver. The report’s run from December 2011.", P30, "121"),
        *(
            Line(f"A2.{n}", name, one(seen.count(Measure.AGAINST_GUIDANCE, numbers)),
                 "The same, of this listed occupation.", P30,
                 _occupation_then(name))
            for n, (name, numbers) in enumerate(sorted(named.items()), start=1)
        ),
    ]  # fmt: skip
    return Part("against-guidance", "Approvals against guidance", THE_PERIOD, lines)


def _occupation_then(name: str) -> str:
    """What the report counts of an occupation that a force lists under such a name."""
    words = name.lower()
    for said, then in (("driving instruct", "14"), ("driver", "76"), ("training", "31")):
        if said in words:
            return then
    return ""


def media(seen: Seen) -> Part:
    """Contact with the media (HMIC 2012, p. 21)."""
    lines = [
        Line("M1", "Contacts recorded", one(seen.count(Measure.CONTACTS)),
             "Contacts with the media in the period that somebody has stated.", P21),
        Line("M2", "of which acknowledged", one(seen.count(Measure.CONTACTS, {"acknowledged"})),
             "Acknowledged by the press office.", P21),
        Line("M3", "of which outside the press office",
             one(seen.count(Measure.CONTACTS, None, {"not_told"})),
             "The press office was not told beforehand.", P21),
    ]  # fmt: skip
    return Part("media", "Relationships with the media", THE_PERIOD, lines)


STANDINGS = (
    ("All", None),
    ("Continuing", Standing.CONTINUING),
    ("Referred", Standing.REFERRED),
    ("No further action", Standing.NO_FURTHER_ACTION),
    ("Advice or warning", Standing.ADVICE),
    ("Left the force", Standing.LEFT),
)
BESIDE = ("Suspended", "Referred to an external body at any time")
# what the report publishes of each category and kind, where it does
THEN = {
    ("", None): "2,207",
    (Category.MEDIA_RELATIONSHIP, None): "19",
    (Category.MEDIA_RELATIONSHIP, SubCategory.LOCAL_MEDIA): "10",
    (Category.MEDIA_RELATIONSHIP, SubCategory.NATIONAL_MEDIA): "9",
    (Category.DISCLOSURE, None): "1,737",
    (Category.DISCLOSURE, SubCategory.CRIMINALS): "364",
    (Category.DISCLOSURE, SubCategory.FRIENDS_FAMILY): "312",
    (Category.DISCLOSURE, SubCategory.PERSONAL_USE): "367",
    (Category.DISCLOSURE, SubCategory.LOCAL_MEDIA): "48",
    (Category.DISCLOSURE, SubCategory.NATIONAL_MEDIA): "50",
    (Category.DISCLOSURE, SubCategory.OTHERS): "596",
    (Category.GRATUITIES, None): "7",
    (Category.SECONDARY_EMPLOYMENT, None): "154",
}
UNCATEGORISED_THEN = "290"


def investigations(seen: Seen) -> Part:
    """Opened in the period, by category, kind and where they stand (HMIC 2012, pp. 19 to 31)."""
    lines = [_investigated(seen, "I0", "All investigations", None, None, THEN["", None])]
    for number, (category, label) in enumerate(Category.choices, start=1):
        then = THEN.get((Category(category), None), "")
        lines.append(_investigated(seen, f"I{number}", label, {category}, None, then))
        kinds = SUBCATEGORIES.get(category, ())
        for at, kind in enumerate(kinds, start=1):
            then = THEN.get((Category(category), kind), "")
            words = f"{label}: {str(kind.label).lower()}"
            lines.append(_investigated(seen, f"I{number}.{at}", words, {category}, {kind}, then))
        if kinds:
            words = f"{label}: {KIND_NOT_KNOWN.lower()}"
            ref = f"I{number}.{len(kinds) + 1}"
            lines.append(_investigated(seen, ref, words, {category}, {""}, ""))
    lines.append(_investigated(seen, "I9", NOT_CATEGORISED, {""}, None, UNCATEGORISED_THEN))
    return Part(
        "investigations",
        "Investigations",
        (*(label for label, _ in STANDINGS), *BESIDE),
        lines,
        note=(
            "The report’s categories add to 1,917 of its 2,207 investigations; the other 290 have none. "
            "Of the 2,207, 708 were continuing, 45 referred to external bodies, 744 ended with no further "
            "action, 643 with advice or a warning, and in 67 somebody left."
        ),
    )


def _investigated(
    seen: Seen,
    ref: str,
    title: str,
    category: Collection[str] | None,
    kind: Collection[str] | None,
    then: str,
) -> Line:
    cells = [
        seen.count(Measure.INVESTIGATIONS, category, kind, {standing} if standing else None)
        for _, standing in STANDINGS
    ]
    cells.append(seen.count(Measure.RESTRICTIONS, {"suspended"}, category, kind))
    cells.append(seen.count(Measure.EXTERNAL, category, kind))
    return Line(
        ref,
        title,
        cells,
        "Investigations opened in the period, by how they stand now; suspensions that began and "
        "referrals that were made in it.",
        "HMIC 2012, pp. 19–31",
        then,
    )


def not_yours() -> Part:
    """In place of investigations, for whoever may not know of them."""
    line = Line(
        "I0",
        "All investigations",
        [NOT_SHOWN for _ in (*STANDINGS, *BESIDE)],
        "Investigations are read by professional standards and by inspectors granted it.",
        "HMIC 2012, pp. 19–31",
        THEN["", None],
    )
    columns = (*(label for label, _ in STANDINGS), *BESIDE)
    return Part("investigations", "Investigations", columns, [line])
