"""The words under which legacy registers of business interests keep their columns and kinds."""

import re
from collections.abc import Sequence
from typing import Final

from integrity.casework.importing.mapping import plain
from registers.business_interests.enums import Category, ConditionKind, Ground

# Best first; where headings tie, the field that stands first here takes the column.
INTEREST_FIELDS: Final[dict[str, Sequence[str]]] = {
    "applied_on": (
        "date applied", "applied on", "date of application", "application date", "applied",
        "date submitted", "submitted on", "date declared", "date of declaration",
        "date registered", "date received", "date of request", "request date", "date", "when",
    ),
    "review_on": (
        "review date", "next review date", "next review", "date of review",
        "date of next review", "review due", "review due date", "review by", "review on",
        "renewal date", "renewal due", "expiry date", "review", "renewal",
    ),
    "ended_on": (
        "end date", "date ended", "ended on", "date ceased", "ceased on", "date of cessation",
        "cessation date", "date finished", "finish date", "date lapsed", "date withdrawn",
        "withdrawn on", "ended", "ceased",
    ),
    "starts_on": (
        "start date", "date started", "started on", "date commenced", "commencement date",
        "commenced", "starts on", "date of commencement",
    ),
    "approved_on": (
        "date approved", "approved on", "approval date", "date of approval", "date authorised",
        "authorised on", "authorisation date", "date agreed", "date granted",
    ),
    "refused_on": (
        "date refused", "refused on", "refusal date", "date of refusal", "date declined",
        "declined on", "date rejected", "rejected on",
    ),
    "decided_on": (
        "decision date", "date of decision", "date decided", "decided on", "outcome date",
        "date of outcome", "date determined", "determined on",
    ),
    "decided_by": (
        "decided by", "decision by", "decision maker", "approved by", "authorised by",
        "approved refused by", "authorising officer", "approving officer", "agreed by",
        "granted by", "signed off by", "appropriate officer",
    ),
    "conditions": (
        "conditions", "condition", "restrictions", "conditions restrictions",
        "conditions and restrictions", "conditions of approval", "approval conditions",
        "conditions imposed", "conditions if any", "subject to", "caveats", "stipulations",
    ),
    "reason": (
        "reason", "reasons", "reason for decision", "reason for refusal", "reason refused",
        "rationale", "grounds", "grounds for refusal", "justification",
    ),
    "hours": (
        "hours", "hours per week", "hours a week", "weekly hours", "hours worked",
        "hours per month", "number of hours", "no of hours", "hrs", "hrs per week",
        "hours involved", "time commitment", "time spent", "days hours", "hours of work",
    ),
    "relative": (
        "relative", "relatives name", "relative s name", "name of relative", "spouse",
        "spouse partner", "spouse or partner", "relative or spouse", "relative spouse",
        "family member", "whose interest", "held by", "relationship", "partner",
    ),
    "category": (
        "category", "category of interest", "type of interest", "type of business interest",
        "interest type", "kind of interest", "kind", "type", "business interest type",
        "business interest category", "classification",
    ),
    "occupation": (
        "occupation", "business interest", "nature of business interest", "nature of interest",
        "nature of business", "nature of work", "secondary employment", "second job",
        "secondary occupation", "outside employment", "other employment", "type of work",
        "type of business", "type of employment", "business occupation", "occupation business",
        "interest", "activity", "business", "employment", "job", "role", "job role",
        "job title", "work",
    ),
    "organisation": (
        "employer", "employer name", "name of employer", "name of business", "business name",
        "company", "company name", "name of company", "organisation", "organization",
        "name of organisation", "trading as", "trading name", "employer or business",
        "employer business", "firm",
    ),
    "person_number": (
        "collar number", "collar no", "collar", "staff number", "staff no", "warrant number",
        "warrant no", "payroll number", "employee number", "officer number", "shoulder number",
        "force number", "force no", "applicant number", "pin",
    ),
    "person": (
        "name", "applicant", "applicant name", "name of applicant", "officer", "officer name",
        "name of officer", "member of staff", "staff member", "staff name", "employee",
        "employee name", "name of employee", "rank and name", "rank name", "name and rank",
        "name rank", "officer staff", "declared by", "declarant", "person",
    ),
    "rank": ("rank", "grade", "rank grade", "rank or grade", "post", "position", "police role"),
    "unit": (
        "unit", "department", "dept", "team", "division", "directorate", "station", "branch",
        "section", "district", "area", "bcu", "force",
    ),
    "decision": (
        "decision", "outcome", "approved refused", "approved or refused", "approved declined",
        "approved or declined", "approved rejected", "authorised refused",
        "authorised or refused", "granted refused", "approved", "authorised", "agreed",
        "granted", "result", "approval", "authorisation", "refused", "declined", "rejected",
        "approved y n", "decision made",
    ),
    "status": ("status", "current status", "state", "position now", "active", "live"),
    "description": (
        "description", "details", "details of interest", "details of business interest",
        "further details", "further information", "more information", "particulars",
        "information", "info",
    ),
    "period": ("period", "reporting period", "quarter", "month", "year"),
    "reference": (
        "reference", "ref no", "ref", "reference number", "reference no", "entry number",
        "log number", "log no", "serial number", "serial no", "serial", "id", "number",
        "bi number", "bi ref",
    ),
    "comments": ("comments", "comment", "notes", "remarks", "additional comments"),
}  # fmt: skip

# By the words that registers use, Avon and Somerset's among them; more telling ones first.
_CATEGORIES: Final = {
    Category.RELATIVES_LICENCE: r"(?:relative|spouse|partner|family)(?: s|s)? (?:.+ )?licen[cs]e\w*",
    Category.LICENCE: r"licen[cs]ee?s?|licensed (?:premises|trade)|publicans?",
    Category.LETTING: (
        r"(?:property )?rentals?|renting|rents?|let|lets|lettings?|landlords?|landlady|buy to let"
        r"|holiday (?:home|let|cottage)s?|lodgers?|property (?:income|portfolio)"
    ),
    Category.FAMILY_BUSINESS: (
        r"(?:family|spouse s|husband s|wife s|parents?(?: s)?) (?:run |owned )?"
        r"(?:business(?:es)?|firm|company|farm|shop)"
    ),
    Category.VOLUNTARY: r"volunt(?:ary|eers?|eering)|unpaid|charity trustees?|trustees?",
    Category.PERFORMANCE: (
        r"music(?:al|ians?)?|entertain(?:er|ers|ment)|perform(?:ance|ances|er|ers|ing)|bands?"
        r"|discos?|djs?|disc jockeys?|singers?|actors?|actress|acting|film extras?"
    ),
    Category.CONSULTANCY: (
        r"consult(?:ant|ants|ancy|ing)|advis[eo]rs?|advisory|survey(?:or|ors|ing)"
    ),
    Category.TRAINING: (
        r"train(?:er|ers|ing)|teach(?:er|ers|ing)|tutor(?:s|ing)?|tuition|instruct(?:or|ors|ing)"
        r"|coach(?:es|ing)?|lectur(?:er|ers|ing)|education"
    ),
    Category.DIRECTORSHIP: (
        r"director(?:s|ship|ships)?|partnerships?|business partners?|business with others"
        r"|company secretary|shareholders?|shareholding|joint business"
    ),
    Category.HOBBY: r"hobby|hobbies|handicrafts?|crafts?",
    Category.SELF_EMPLOYED: (
        r"self employ(?:ed|ment)|sole traders?|free ?lance(?:r|rs)?|own business(?:es)?"
    ),
    Category.WAGED: (
        r"waged?|wages|employ(?:ed|ee|ment)|part time|full time|casual|bank staff|salar(?:y|ied)"
        r"|(?:second(?:ary)?|paid|other) (?:jobs?|work|occupation)"
    ),
    Category.OTHER: r"other|misc(?:ellaneous)?",
}  # fmt: skip


def category_of(words: str) -> str:
    """The Category that words name, or ''."""
    text = plain(words)
    found = (kind for kind, name in _CATEGORIES.items() if re.search(rf"\b(?:{name})\b", text))
    return next(found, "")


_KINDS: Final = {
    ConditionKind.NO_UNIFORM: r"uniforms?|warrants?(?: cards?)?",
    ConditionKind.AGENT: r"agents?|agency",
    ConditionKind.NOT_IN_FORCE_AREA: (
        r"(?:force|policing|county|divisional|command) area|outside (?:of )?(?:the |their |his |her )?"
        r"(?:force|county|division|district|area)|within (?:the )?(?:force|county|division|district)"
    ),
    ConditionKind.HOURS: r"hours?|hrs?|working time",
    ConditionKind.NOTIFY: (
        r"notif(?:y|ies|ied|ication)|inform(?:s|ed)?|tells?|changes? (?:of|in|to) circumstances"
        r"|report(?:s|ed)? (?:any )?changes?|re ?apply|reapplies"
    ),
    ConditionKind.END_DATE: (
        r"until|expir(?:es|y|ing)|time limited|temporary|end date|for (?:one|[0-9]+|six|twelve)"
        r" (?:months?|years?) only"
    ),
    ConditionKind.NOT_FOR: r"(?:not|no|never)(?: to)? (?:do )?(?:any )?work (?:for|with)",
}  # fmt: skip


def condition_kind(words: str) -> ConditionKind:
    """The kind that a condition seems to be of, for PSD to confirm."""
    text = plain(words)
    found = (kind for kind, name in _KINDS.items() if re.search(rf"\b(?:{name})\b", text))
    return next(found, ConditionKind.OTHER)


_GROUNDS: Final = {
    Ground.ROLE_CONFLICT: r"conflict\w*|incompatible with (?:the |his |her |their )?(?:role|duties|post|office)",
    Ground.PERFORMANCE: r"performance|attendance|sickness|absence",
    Ground.WELFARE: r"welfare|working time|fatigue|tired\w*|health|too many hours|48 hours?",
    Ground.VETTING: r"vetting",
    Ground.REPUTATION: r"reputation\w*|discredit|disrepute|perception|public confidence",
    Ground.LISTED: r"incompatible (?:occupations?|business(?:es)? interests?|interests?|employment|work)",
}  # fmt: skip


def ground_of(words: str) -> Ground:
    """The ground that words give alone, or another reason."""
    text = plain(words)
    found = [ground for ground, name in _GROUNDS.items() if re.search(rf"\b(?:{name})\b", text)]
    return found[0] if len(found) == 1 else Ground.OTHER


_OWN: Final = re.compile(
    r"(?:self|own|mine|no|none|nil|n|me|myself|officer|applicant|staff|employee|staff member"
    r"|not applicable|no relative|him ?self|her ?self|self only)"
)
_YES: Final = {"yes", "y", "true", "1"}
NOT_NAMED: Final = "Not named in the imported register"


def relative_of(words: str) -> str:
    """Whose interest it is where it is a relative's; '' where it is the person's own."""
    text = plain(words)
    if not text or _OWN.fullmatch(text):
        return ""
    return NOT_NAMED if text in _YES else words


_RANKS: Final = frozenset(
    "constable pc dc wpc tdc sergeant sgt ps ds inspector insp pi di chief ch ci dci superintendent "
    "supt det detective commander acc dcc cc acpo ch/insp dsupt dcs".split()
)
_NO_OFFICER: Final = re.compile(
    r"\b(?:special|specials|sc|support|pcso|staff|civilian|retired|volunteer|cadet|clerk"
    r"|executive|finance|financial|accountant|administrator|manager)\b"
)


def reads_like_rank(words: str) -> bool:
    """Whether a rank or grade is a police officer's, so that Police Regulations apply."""
    text = plain(words)
    return bool(_RANKS & set(text.split())) and not _NO_OFFICER.search(text)
