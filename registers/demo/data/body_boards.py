"""The boards of the invented bodies that oversee forces: a panel each, and the joint committee."""

from registers.demo.data.governing import Asked, Committee, Paper, Sitting
from registers.governance.enums import Capacity

BODY_BOARDS = (
    Committee(
        "NMPCC",
        "Commissioner’s Integrity Panel",
        "Holds the chief constable to account for integrity, and reads chief officers’ entries.",
        "governance.nmr",
        "The commissioner’s office, Northmoor",
        (
            ("commissioner.nmr", Capacity.CHAIR),
            ("deputy.nmr", Capacity.MEMBER),
            ("governance.nmr", Capacity.SECRETARY),
        ),
        (
            Sitting(
                140,
                (
                    ("Chief officers’ entries", "Each offer, its peer reviews, each challenge."),
                    ("What the force publishes", ""),
                ),
                Paper("The board’s figures", path="/oversight/boards/NMPCC/"),
                ((1, "The panel asks about every gift accepted for the force."),),
                (
                    Asked(
                        "Ask who valued the dish from Kestria and where it is.",
                        "governance.nmr",
                        45,
                        None,
                        (38, "Asked by a challenge, and answered."),
                    ),
                    Asked(
                        "Compare the force’s published register with the one that we read.",
                        "deputy.nmr",
                        100,
                        (50, "Two quarters compared; two remain."),
                    ),
                ),
            ),
            Sitting(
                -35,
                (("The force’s action plan", "What is overdue."), ("Units that say nothing", "")),
                Paper("The integrity action plan", path="/governance/plan/NMR/"),
            ),
        ),
    ),
    Committee(
        "EVPCC",
        "Ethics and Integrity Panel",
        "Advises the commissioner on integrity, and reads chief officers’ entries.",
        "governance.evl",
        "The commissioner’s office, Eastvale",
        (
            ("commissioner.evl", Capacity.CHAIR),
            ("deputy.evl", Capacity.MEMBER),
            ("governance.evl", Capacity.SECRETARY),
        ),
        (
            Sitting(
                -28,
                (("Chief officers’ hospitality", "The evening at the theatre among others."),),
                Paper("The board’s figures", path="/oversight/boards/EVPCC/"),
            ),
        ),
    ),
    Committee(
        "HTPA",
        "Audit and Standards Committee",
        "The authority’s committee for integrity: reads progress each quarter.",
        "governance.htp",
        "Authority House, Saltgrave",
        (
            ("chair.htp", Capacity.CHAIR),
            ("member.htp", Capacity.INDEPENDENT),
            ("governance.htp", Capacity.SECRETARY),
        ),
        (
            Sitting(
                -42,
                (("Progress on integrity", "The force’s plan and its health check."),),
                Paper("The board’s figures", path="/oversight/boards/HTPA/"),
            ),
        ),
    ),
    Committee(
        "JOINT",
        "Joint Oversight Committee",
        "Oversees what the two forces do together, their one PSD above all.",
        "governance.joint",
        "Moorgate Hall",
        (
            ("chair.joint", Capacity.CHAIR),
            ("member.joint", Capacity.MEMBER),
            ("governance.joint", Capacity.SECRETARY),
        ),
        (
            Sitting(
                95,
                (("Two forces, one PSD", "The same questions, side by side."),),
                Paper("The committee’s figures", path="/oversight/boards/JOINT/"),
                ((1, "The committee reads both forces’ figures side by side, twice a year."),),
            ),
            Sitting(
                -50,
                (("The alliance’s action plans", ""),),
                Paper("The committee’s figures", path="/oversight/boards/JOINT/"),
            ),
        ),
    ),
)
