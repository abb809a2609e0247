"""Two health checks of each invented force, a year apart: a score and what shows it for each question.

Scores are strings of digits, heading by heading in the order of the questions.
"""

from collections.abc import Mapping, Sequence

from registers.governance.enums import Heading

STARTED = (430, 62)  # days ago
FINISHED_AFTER = 13

# what shows it, for whichever force; what is partly in place, or checked as well, says so besides
EVIDENCE: Mapping[Heading, Sequence[str]] = {
    Heading.PUBLIC: (
        "Two questions in the yearly survey of residents; the board’s minutes.",
        "The register is on the force’s website, declined offers included.",
        "The complaints team’s monthly note of what people found unfair.",
        "Outcomes of hearings on the intranet and, where heard in public, on the website.",
    ),
    Heading.MEDIA: (
        "The log of media contacts.",
        "The press office’s random sample of coverage against the log.",
        "The dates of the meetings of PSD and the press office.",
        "The media policy, section 3; what the press office acknowledged.",
        "The list of channels and when each was last looked over.",
        "The slides of the media course.",
    ),
    Heading.DISCLOSURE: (
        "The notice shown before each search; the probationers’ course.",
        "The audit plan of the systems that hold personal data.",
        "The monitoring policy, and one inquiry that was answered with it.",
        "The policy on social media, section 2.",
        "Legal advice, and the unit’s record of each look.",
        "Attendance of the briefings on information security.",
    ),
    Heading.GIFTS: (
        "One register, used by every unit.",
        "Entries of declined offers in the last quarter.",
        "Challenges and their answers in the register.",
        "Peer reviews on chief officers’ entries.",
        "The cross-checks of offers against contracts and tenders.",
        "Diaries of six posts, compared with the register without notice.",
    ),
    Heading.PROCUREMENT: (
        "What holders said their purchases were for, and who judged it.",
        "The monthly report of purchases under the tender limit.",
        "PSD’s part in the quarterly meeting, and the matches it was shown.",
        "Declarations on the file of each tender.",
        "The vetting list of the contractors’ employees.",
        "The letter to suppliers and who was sent it.",
    ),
    Heading.INTERESTS: (
        "The policy on business interests, for officers and staff alike.",
        "Checks of conditions and follow-ups of refusals in the register.",
        "The rationale and the second approval on each such case.",
        "Reviews due and done, by month.",
        "A page of the development review, and a sample of forty.",
        "The cross-checks of interests against suppliers.",
    ),
    Heading.STANDARDS: (
        "The threat assessment and the checks that followed from it.",
        "The establishment of the counter-corruption unit.",
        "The reporting line and the number of concerns that came by it.",
        "The results of a short quiz.",
        "The training record of the unit.",
        "The welfare team’s leaflet and how often help was taken up.",
    ),
    Heading.GOVERNANCE: (
        "The deputy chief constable’s name on the intranet page on integrity.",
        "The board’s minutes and its action plan.",
        "The list of the board’s members.",
        "The figures that the oversight body reads, and its challenges.",
        "Attendance of the leaders’ course.",
        "The memorandum between the chief constable and the oversight body.",
    ),
}
PARTLY = " Not everywhere yet."
CHECKED = " A sample was checked and held."

# by force, the first check and the second: better under some headings, worse under one
SCORES: Mapping[str, tuple[str, str]] = {
    "NMR": (
        "1211 212210 221101 211110 110101 211110 111110 221011",
        "1212 211111 222111 332221 221121 222212 221111 232221",
    ),
    "EVL": (
        "1111 111100 211101 201110 101010 211011 110110 210010",
        "1212 222211 222111 322221 111110 100010 210111 220121",
    ),
    "HTP": (
        "2112 121110 211001 232210 210113 212110 222011 222111",
        "2222 222221 211000 333221 221123 223121 232111 233121",
    ),
}
# by force, the question that scored low the second time and what is planned about it
PLANNED: Mapping[str, tuple[Heading, int, str, str, int]] = {
    "NMR": (
        Heading.MEDIA,
        3,
        "Have PSD and the press office meet about possible leaks each month again.",
        "press.nmr",
        60,
    ),
    "EVL": (
        Heading.INTERESTS,
        2,
        "Check the conditions of every approval that has any, once before the year is out.",
        "head.alliance",
        75,
    ),
    "HTP": (
        Heading.DISCLOSURE,
        6,
        "Brief every unit on information security before the next check.",
        "owner.htp",
        90,
    ),
}
