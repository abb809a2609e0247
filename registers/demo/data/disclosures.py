"""The demo's investigations of information that went where it should not, by where it went."""

from collections.abc import Mapping, Sequence

from registers.demo.data.investigations import Matter, Sort
from registers.investigations.enums import (
    Category,
    Factor,
    Outcome,
    RestrictionKind,
    Standing,
    SubCategory,
)

CONTINUES, REFERRED, NOTHING, ADVICE, LEFT = Standing
ACCESS, HARM, EVIDENCE = Factor.STILL_HAS_ACCESS, Factor.HARM, Factor.EVIDENCE
SUSPENDED, RESTRICTED = RestrictionKind

CRIMINALS = (Category.DISCLOSURE, SubCategory.CRIMINALS)
FAMILY = (Category.DISCLOSURE, SubCategory.FRIENDS_FAMILY)
PERSONAL = (Category.DISCLOSURE, SubCategory.PERSONAL_USE)
LOCAL = (Category.DISCLOSURE, SubCategory.LOCAL_MEDIA)
NATIONAL = (Category.DISCLOSURE, SubCategory.NATIONAL_MEDIA)
OTHERS = (Category.DISCLOSURE, SubCategory.OTHERS)

# One person's two: warned for the first, investigated again for the second.
FENCE = Matter(
    "Searches on neighbours about a fence",
    ADVICE,
    "No duty explains them. Admitted; a written warning for twelve months.",
    force="EVL",
    days=410,
)
FORTY = Matter(
    "Forty searches on a former partner’s name",
    CONTINUES,
    risks=(ACCESS,),
    limit=RESTRICTED,
    force="EVL",
    days=48,
)

DISCLOSURES: Mapping[Sort, Sequence[Matter]] = {
    CRIMINALS: (
        Matter(
            "A dealer was told which doors would be opened in the morning",
            CONTINUES,
            risks=(ACCESS, HARM, EVIDENCE),
            force="NMR",
            days=9,
            nobody_known=True,
        ),
        Matter("A burglar’s brother asked about a record on the day it was made", CONTINUES),
        Matter(
            "Number plates looked up for a man under investigation",
            CONTINUES,
            risks=(EVIDENCE,),
            limit=RESTRICTED,
        ),
        Matter(
            "A witness’s new address was known in the public bar",
            CONTINUES,
            risks=(HARM,),
            nobody_known=True,
        ),
        Matter(
            "A log was read, and the man it names moved his car within the hour",
            CONTINUES,
            risks=(ACCESS,),
        ),
        Matter(
            "Berth times passed to thieves who open containers",
            REFERRED,
            risks=(EVIDENCE,),
            limit=SUSPENDED,
            force="HTP",
            days=64,
        ),
        Matter(
            "A suspect was out before the warrant was carried out",
            NOTHING,
            "He had left for work. Nobody outside the team had looked at the operation.",
        ),
        Matter(
            "A prisoner’s claim that somebody in custody carries messages",
            NOTHING,
            "Withdrawn; the recordings of both nights show nothing.",
            nobody_known=True,
        ),
        Matter(
            "Spoke of a colleague’s shifts to a known dealer, a friend from school",
            ADVICE,
            "Careless, and owned up to. A written warning, and the friendship is declared.",
            "A friendship with somebody known to the police is declared, not hidden or ended.",
        ),
        Matter(
            "Addresses looked up for a debt collector, for money",
            LEFT,
            "Admitted at the hearing: nineteen searches, each paid for. Dismissed without notice.",
            "Whoever is asked a small favour for a first time reports it, and is thanked.",
            risks=(EVIDENCE,),
            limit=SUSPENDED,
            outcome=Outcome.DISMISSED,
            force="EVL",
        ),
    ),
    FAMILY: (
        Matter("Looked up a daughter’s new friend and told the family", CONTINUES),
        Matter("A neighbour knew of a bail address before the court did", CONTINUES),
        Matter(
            "A post by an officer’s family named the street of an incident",
            NOTHING,
            "The street had been named on the radio an hour before.",
        ),
        Matter(
            "A brother-in-law was told of a speed check",
            NOTHING,
            "He reads the page on which the force publishes them.",
        ),
        Matter(
            "Talk at a christening of an arrest in the village",
            NOTHING,
            "Six guests were asked, and none heard more than had been in the paper.",
        ),
        Matter(
            "Read a burglary report for a friend who had been burgled",
            ADVICE,
            "Well meant and unlawful. Management advice, noted in the appraisal.",
            "A friend who is a victim asks the officer in the case, as anybody does.",
        ),
        Matter(
            "A photograph of the briefing board was sent to a family group",
            ADVICE,
            "Nobody in the picture could be made out but two names. A written warning.",
            "No photograph is taken where a board or a screen can be seen behind the cake.",
        ),
        Matter(
            "Told a sister that her lodger was known to the police",
            ADVICE,
            "There were children in the house. Management advice, and the lawful way explained.",
            "There is a lawful way to be told of a danger at home. Point your family to it.",
        ),
    ),
    PERSONAL: (
        Matter("Searches on a landlord during a dispute about rent", CONTINUES, risks=(ACCESS,)),
        Matter(
            "Opened the report of a burglary at home",
            NOTHING,
            "Opened once, by mistake in a list of that night, and reported at once.",
        ),
        Matter(
            "Searches without a reason, found in the monthly audit",
            NOTHING,
            "Each belongs to a log of that shift; the reason had been typed in the wrong box.",
        ),
        Matter(
            "A log-in at the desk of somebody on leave",
            NOTHING,
            "A terminal had not been locked. Nothing was read.",
            "Lock the screen each time you stand up.",
            nobody_known=True,
        ),
        Matter(
            "Looked up the history of a car before buying it",
            ADVICE,
            "One search, admitted at once. Management advice.",
            "A car’s history is bought where everybody buys it.",
        ),
        Matter(
            "Looked up a tenant before letting a room",
            ADVICE,
            "One search, and a clean record since. Management advice.",
        ),
        Matter(
            "Opened the custody record of a well-known footballer",
            ADVICE,
            "Nothing went further. A written warning for each of the two who looked.",
            "Curiosity is no policing purpose. Every search is kept, and audits ask why.",
        ),
    ),
    LOCAL: (
        Matter(
            "The local paper named a suspect before he was charged",
            NOTHING,
            "A neighbour filmed the arrest and gave the name; the paper says so itself.",
            nobody_known=True,
        ),
    ),
    NATIONAL: (
        Matter(
            "A national paper quoted an e-mail to all staff",
            NOTHING,
            "It went to four thousand people. Who passed it on cannot be found.",
            nobody_known=True,
        ),
    ),
    OTHERS: (
        Matter(
            "A list of vulnerable callers left the building on a memory stick",
            CONTINUES,
            risks=(HARM,),
        ),
        Matter("A contractor’s engineer had the rota of the armed unit", CONTINUES),
        Matter("An insurer knew of a collision before those involved had been told", CONTINUES),
        Matter(
            "An e-mail with victims’ addresses went to a private account",
            CONTINUES,
            risks=(ACCESS,),
            limit=RESTRICTED,
        ),
        Matter("A housing officer was read an intelligence log by telephone", CONTINUES),
        Matter(
            "A caller who gave no name was told where an officer lives",
            CONTINUES,
            risks=(HARM,),
            nobody_known=True,
        ),
        Matter(
            "A case file was left on a train", NOTHING, "Handed in within the hour, still sealed."
        ),
        Matter(
            "Papers of a review were found in a recycling bin",
            NOTHING,
            "Copies of what had been published.",
            nobody_known=True,
        ),
        Matter(
            "A school was told of a pupil’s arrest",
            NOTHING,
            "The school had to be told, and was told no more than it needed.",
        ),
        Matter(
            "A recruitment agency had a list of names",
            NOTHING,
            "The names are on pages that anybody can read.",
            nobody_known=True,
        ),
        Matter(
            "A statement was sent to the wrong solicitor",
            NOTHING,
            "A slip in the address book, reported and put right the same day.",
        ),
        Matter(
            "A councillor knew the figures before the meeting",
            NOTHING,
            "They were in the papers of the meeting, sent out a week before.",
        ),
        Matter(
            "A delivery firm was told when the night shift ends",
            NOTHING,
            "It was told when the gate is open, as every firm is.",
        ),
        Matter(
            "Statements lay at a shared printer over a weekend",
            ADVICE,
            "Nobody else is known to have read them. Management advice.",
            "Print with your badge. What lies at a printer has been disclosed.",
        ),
        Matter(
            "Victims could read each other’s addresses in one e-mail",
            ADVICE,
            "An accident, reported at once; all thirty-one were told. Management advice.",
            "One e-mail for each victim; never a list that all of them can read.",
        ),
        Matter(
            "A recording of an arrest was shown to visitors on an open day",
            ADVICE,
            "Meant as training. A written warning, and the day has a programme now.",
        ),
    ),
}
