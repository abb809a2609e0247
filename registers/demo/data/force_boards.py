"""The integrity boards of the invented forces: who sits, and what they talked about and asked for."""

from registers.demo.data.governing import FINANCE, Asked, Committee, Paper, Sitting
from registers.demo.data.places import FLEET, PEOPLE
from registers.governance.enums import Capacity


def _heads(low: str, psd: str) -> tuple[tuple[str, Capacity], ...]:
    """Those whom the reports name: standards, finance, procurement, HR and the press office."""
    return (
        (f"dcc.{low}", Capacity.CHAIR),
        (f"owner.{low}", Capacity.SECRETARY),
        (psd, Capacity.PSD),
        (FINANCE, Capacity.FINANCE),
        (FLEET, Capacity.PROCUREMENT),
        (PEOPLE, Capacity.HR),
        (f"press.{low}", Capacity.PRESS_OFFICE),
    )


ASSOCIATION = Capacity.STAFF_ASSOCIATION

FORCE_BOARDS = (
    Committee(
        "NMR",
        "Integrity and Compliance Board",
        "Follows the integrity action plan and the checks of the registers, with every department "
        "concerned at one table.",
        "head.alliance",
        "Conference room, Northmoor headquarters",
        (*_heads("nmr", "head.alliance"), ("detective.nmr", ASSOCIATION)),
        (
            Sitting(
                330,
                (
                    ("The health check", "Where we stand under the eight headings."),
                    ("A policy shared with Eastvale", "What the two policies have in common."),
                    ("Suppliers who offer", ""),
                ),
                Paper(
                    "Two policies side by side",
                    text="Northmoor asks for an entry within 28 days, Eastvale within 14. Northmoor "
                    "refers from £50, Eastvale from £40. Both presume that offers are declined. One "
                    "policy for both forces would take the shorter time and the lower sum.",
                ),
                (
                    (1, "The check is accepted. It is repeated after a year."),
                    (
                        2,
                        "One gifts policy for the alliance, with two peer reviews for chief officers.",
                    ),
                ),
                (
                    Asked(
                        "Draft the joint gifts policy with Eastvale.",
                        "head.alliance",
                        60,
                        (25, "A draft is with both forces’ legal services."),
                        (
                            56,
                            "Alliance gifts and hospitality policy, adopted by both chief constables.",
                        ),
                    ),
                    Asked(
                        "Tell every supplier in writing that Northmoor takes no gifts.",
                        FLEET,
                        190,
                        (120, "The letter is drafted; the list of suppliers is not complete."),
                    ),
                ),
            ),
            Sitting(
                120,
                (
                    ("Progress on the action plan", ""),
                    ("Units with no entries", "Two units have declared nothing for a year."),
                ),
                Paper("The integrity action plan", path="/governance/plan/NMR/"),
                (
                    (1, "Items that are overdue are read at each meeting, first of all."),
                    (2, "Heads of units confirm each quarter that there was nothing."),
                ),
                (
                    Asked(
                        "Visit the units that have declared nothing, and say what was found.",
                        "owner.nmr",
                        160,
                        (70, "Custody was visited. Moorside is arranged for next month."),
                    ),
                ),
            ),
            Sitting(
                -23,
                (
                    ("Overdue items of the action plan", ""),
                    ("The second health check", "What went down since the first, and why."),
                ),
                Paper("Health checks of the forces", path="/governance/health/"),
            ),
        ),
    ),
    Committee(
        "EVL",
        "Integrity Subgroup",
        "Names the key risks to integrity, decides what to do and follows it; reads refusals of "
        "second jobs, so that the policy is applied alike.",
        "head.alliance",
        "Room 2, Eastvale Bridge police station",
        _heads("evl", "head.alliance"),
        (
            Sitting(
                310,
                (
                    ("Key risks", "Second jobs, the media and small purchases."),
                    ("Refused second jobs", "Read without names."),
                ),
                Paper(
                    "Refusals of the last twelve months",
                    text="Door supervision was refused in every case, taxi driving in all but one. "
                    "No refusal was followed up within the month that the policy allows.",
                ),
                (
                    (1, "The three risks are taken into the threat assessment."),
                    (2, "The exception for taxi driving is read again when its review is due."),
                ),
                (
                    Asked(
                        "Follow up each refusal after a month, and again after six.",
                        "head.alliance",
                        45,
                        None,
                        (
                            40,
                            "The register asks for both follow-ups by itself, in the policy’s day.",
                        ),
                    ),
                    Asked(
                        "Put the rules for second jobs on one page for probationers.",
                        PEOPLE,
                        230,
                        (150, "Waits for the trainers’ comments."),
                    ),
                ),
            ),
            Sitting(
                105,
                (
                    ("Chief officers’ hospitality", "What colleagues said in peer reviews."),
                    ("Staff associations", "Whether they should sit here."),
                ),
                Paper("The integrity action plan", path="/governance/plan/EVL/"),
                (
                    (1, "Peer reviews are given within a week."),
                    (2, "Put off: the associations are asked to name somebody."),
                ),
                (
                    Asked(
                        "Ask the associations whom they would send.",
                        "owner.evl",
                        150,
                        (60, "One has answered. The other meets next month."),
                    ),
                ),
            ),
            Sitting(
                -17,
                (("Overdue items of the action plan", ""), ("Seats for staff associations", "")),
                Paper("Policies against national guidance", path="/governance/clauses/"),
            ),
        ),
    ),
    Committee(
        "HTP",
        "Integrity and Compliance Board",
        "Chaired by the deputy chief constable; follows what inspections recommended, and leave "
        "given before anything is accepted.",
        "head.htp",
        "Boardroom, Saltgrave Quay",
        (*_heads("htp", "head.htp"), ("sergeant.htp", ASSOCIATION)),
        (
            Sitting(
                320,
                (("Telling suppliers", ""), ("Requests for leave", "How long an answer takes.")),
                Paper(
                    "How long requests wait",
                    text="Most requests for leave to accept are answered within four days. One in "
                    "ten reached us on the day itself, when nobody could answer in time.",
                ),
                (
                    (1, "Every supplier is told that Harbour takes nothing, and again at tender."),
                    (2, "A request made on the day itself is declined unless PSD can be reached."),
                ),
                (
                    Asked(
                        "Send the notice to all suppliers and keep who was sent it.",
                        FLEET,
                        130,
                        None,
                        (
                            123,
                            "“No gifts, please”, with the day on which each supplier was sent it.",
                        ),
                    ),
                    Asked(
                        "Put the notice into the invitation to tender.",
                        "procurement.htp",
                        250,
                        (140, "The wording is agreed; the template is with the framework’s owner."),
                    ),
                ),
            ),
            Sitting(
                112,
                (("Contact with the media", "Quarterly statements."), ("The action plan", "")),
                Paper("The integrity action plan", path="/governance/plan/HTP/"),
                ((1, "A chief officer who has not stated a quarter is asked in person."),),
                (
                    Asked(
                        "Compare the gifts register with the register of contracts each quarter.",
                        "procurement.htp",
                        170,
                        (80, "Done once, with PSD; the second comparison is booked."),
                    ),
                ),
            ),
            Sitting(
                -30,
                (("Policies against national guidance", ""), ("The second health check", "")),
                Paper("Policies against national guidance", path="/governance/clauses/"),
            ),
        ),
    ),
)
