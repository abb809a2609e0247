"""The integrity action plans of the invented forces: what reports recommend, and what came of it."""

from dataclasses import dataclass

from registers.demo.data.places import FLEET, PEOPLE
from registers.governance.enums import Report


@dataclass(frozen=True, slots=True)
class Planned:
    """An item of a plan that answers a recommendation by our number; all days are days ago.

    Due on a negative day is due ahead. Notes are its owner's.
    """

    report: Report
    number: int
    what: str
    owner: str
    added: int
    due: int
    notes: tuple[tuple[int, str], ...] = ()
    closed: tuple[int, str] | None = None


NATIONAL = Report.REVISITING_2012
THAMES, TRANSPORT = Report.THAMES_VALLEY_2012, Report.BTP_2012
LONDON, MERCIA = Report.LONDON_2012, Report.WEST_MERCIA_2012

PLANS: dict[str, tuple[Planned, ...]] = {
    "NMR": (
        Planned(
            NATIONAL,
            7,
            "Have chief officers judge each other’s offers before PSD decides.",
            "dcc.nmr",
            400,
            280,
            ((340, "Written into the joint policy: two colleagues each time."),),
            (262, "Alliance gifts policy, peer reviews; the entries of the first month."),
        ),
        Planned(
            NATIONAL,
            8,
            "Compare gifts, second jobs and contacts with contracts, spend and cards.",
            "head.alliance",
            400,
            60,
            ((220, "Contracts are loaded."), (95, "Spend and cards are loaded as well.")),
            (58, "“Cross-checks” on the desk, run each night."),
        ),
        Planned(
            NATIONAL,
            9,
            "Go through second jobs, conditions and refusals in each PDR.",
            PEOPLE,
            390,
            75,
            ((150, "The form has a page for it; supervisors are not using it."),),
        ),
        Planned(
            NATIONAL,
            6,
            "Look for misuse of social media beyond the force’s own pages.",
            "press.nmr",
            390,
            35,
            ((110, "Waits for advice on what is lawful and in proportion."),),
        ),
        Planned(
            NATIONAL,
            5,
            "Put the force’s standards into the contract for custody healthcare.",
            FLEET,
            260,
            -90,
            ((80, "The supplier has the draft clause."),),
        ),
        Planned(
            THAMES,
            6,
            "Have the press office flag each suspected leak to PSD within a day.",
            "press.nmr",
            250,
            150,
            (),
            (155, "“Possible leaks” on the desk; the longest took two days."),
        ),
        Planned(
            LONDON,
            6,
            "Tell everybody the lessons of closed cases four times a year.",
            "owner.nmr",
            130,
            -45,
        ),
    ),
    "EVL": (
        Planned(
            MERCIA,
            2,
            "Adopt one policy on gifts with Northmoor.",
            "dcc.evl",
            395,
            265,
            ((330, "Both forces’ policies are compared clause by clause."),),
            (268, "Alliance gifts and hospitality policy."),
        ),
        Planned(
            MERCIA,
            3,
            "Bring the registers of five stations together in one.",
            "owner.evl",
            395,
            200,
            ((260, "Three are in."), (205, "The last two came with gaps, which are marked.")),
            (190, "The register itself; the five books are with records management."),
        ),
        Planned(
            MERCIA,
            4,
            "Require that property is let through an agent.",
            PEOPLE,
            380,
            55,
            ((120, "The policy says so. Those who let without one are not all found yet."),),
        ),
        Planned(
            THAMES,
            2,
            "Have procurement, PSD and the press office meet each quarter.",
            "procurement.evl",
            380,
            20,
            ((90, "Two meetings are held; the third was put off."),),
        ),
        Planned(
            NATIONAL,
            11,
            "Test by a short quiz what people know of the policies.",
            PEOPLE,
            220,
            -70,
            ((60, "Tried with one team: half knew where to declare."),),
        ),
        Planned(NATIONAL, 2, "Say openly which entries of chief officers were challenged.",
                "dcc.evl", 125, -30),
    ),
    "HTP": (
        Planned(
            TRANSPORT,
            3,
            "Tell suppliers that nothing is accepted, and repeat it at tender.",
            "procurement.htp",
            405,
            190,
            ((250, "The letter is agreed."),),
            (194, "The notice, and the day on which each supplier was sent it."),
        ),
        Planned(
            TRANSPORT,
            5,
            "Give standards work out by its risk.",
            "head.htp",
            405,
            300,
            (),
            (310, "Queues on the desk are in the order of risk."),
        ),
        Planned(
            TRANSPORT,
            4,
            "Compare the registers of contracts and of gifts each quarter.",
            "procurement.htp",
            385,
            40,
            ((85, "Done once. The list of bidders is missing."),),
        ),
        Planned(
            NATIONAL,
            12,
            "Train chief officers and heads of department in integrity.",
            PEOPLE,
            300,
            15,
            ((100, "Four of eleven have been."),),
        ),
        Planned(
            LONDON,
            7,
            "Report progress to the authority’s committee each quarter.",
            "owner.htp",
            240,
            -60,
            ((130, "Reported for the first time."), (35, "And the second.")),
        ),
        Planned(NATIONAL, 3, "Write down what the force and the authority each answer for.",
                "dcc.htp", 115, -100),
    ),
}  # fmt: skip
