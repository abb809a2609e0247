"""Who asks for each page of boards, figures and nil returns, and where, for the growth of questions."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from integrity.casework.models import NilReturnRule
from registers.oversight.models import NamingRule

if TYPE_CHECKING:
    from tests.access.growing import Growing

type Address = Callable[["Growing"], str]
READER, KEEPER, MEMBER = "governance_member", "other_reviewer", "governance_member"


def of(kind: str, path: str) -> Address:
    """A page of the thing of this kind."""
    return lambda g: f"/{path.format(**g.kept[kind])}"


def at(path: str) -> Address:
    return lambda g: f"/{path}"


def row(model: Any, path: str, page: str = "change/") -> Address:
    return lambda g: f"/psd/{path}/{model.objects.earliest('pk').pk}/{page}"


def reading(route: str, kind: str, path: str, who: str = READER) -> dict[str, tuple[str, Address]]:
    """A page that its reader looks at."""
    return {f"governance:{route}": (who, of(kind, f"governance/{path}"))}


def forms(kind: str, path: str, names: Mapping[str, str]) -> dict[str, tuple[str, Address]]:
    """Pages on which a keeper writes."""
    return {
        f"governance:{name}": (KEEPER, of(kind, f"governance/{path}{page}"))
        for name, page in names.items()
    }


BOARD, MEETING = "boards/{pk}/", "meetings/{pk}/"
GOVERNANCE: Mapping[str, tuple[str, Address]] = {
    "governance:index*": ("constable", at("governance/")),
    "governance:board-new": (KEEPER, at("governance/boards/new/")),
    **reading("board*", "board", BOARD),
    **forms(
        "board",
        BOARD,
        {
            "board-change": "change/",
            "member-new": "members/new/",
            "member-end": "members/{member}/end/",
            "board-people": "people/?q=no",
            "meeting-new": "meetings/new/",
        },
    ),
    **reading("meeting*", "meeting", MEETING),
    **forms(
        "meeting",
        MEETING,
        {
            "meeting-change": "change/",
            "meeting-hold": "hold/",
            "agenda-new": "agenda/new/",
            "agenda-change": "agenda/{item}/change/",
            "paper-new*": "papers/new/",
            "paper": "papers/{paper}/",
            "decision-new*": "decisions/new/",
            "action-new*": "actions/new/",
        },
    ),
    "governance:note-new": (
        MEMBER,
        lambda g: f"/governance/notes/new/?entry={g.chiefs_entry.reference}",
    ),
    **reading("action*", "board action", "actions/{pk}/", "constable"),
    **forms("board action", "actions/{pk}/", {"action-verb": "change/"}),
    **reading("plan*", "force", "plan/{code}/"),
    **forms("force", "plan/{code}/", {"plan-new": "new/", "plan-people": "people/?q=no"}),
    **reading("plan-item*", "plan item", "plan/{code}/{pk}/"),
    **forms("plan item", "plan/{code}/{pk}/", {"plan-item-verb": "change/"}),
    "governance:health-checks*": (READER, at("governance/health/")),
    **reading("health-check*", "health check", "health/{pk}/"),
    **forms("health check", "health/{pk}/", {"health-answer": "questions/{question}/"}),
    **forms(
        "health answer",
        "health/answers/{pk}/",
        {"health-plan": "plan/", "health-file": "file/"},
    ),
    "governance:policy-assessments*": (READER, at("governance/clauses/")),
    **reading("policy-assessment*", "policy assessment", "clauses/{pk}/"),
    **forms("policy assessment", "clauses/{pk}/", {"clause-finding": "{clause}/"}),
    **forms("clause finding", "clauses/findings/{pk}/", {"clause-plan": "plan/"}),
    "governance:threat-assessments*": (READER, at("governance/threats/")),
    **reading("threat-assessment*", "threat assessment", "threats/{pk}/"),
    **forms("threat assessment", "threats/{pk}/", {"threat-new*": "new/"}),
    **forms("threat", "threats/one/{pk}/", {"threat*": "", "threat-plan": "plan/"}),
    "governance:quarterly-meetings*": ("press_officer", at("governance/quarterly/")),
    **reading("quarterly-meeting*", "quarterly meeting", "quarterly/{code}/{key}/", KEEPER),
    **forms("quarterly action", "quarterly-actions/{pk}/", {"quarterly-close": "close/"}),
    "governance:statements*": (READER, at("governance/statements/")),
    "governance:state": ("psd_head", of("statement", "governance/statements/{code}/new/")),
}
BODY = "oversight/boards/{code}/"
OVERSIGHT: Mapping[str, tuple[str, Address]] = {
    "oversight:index": ("psd_head", at("oversight/")),
    "oversight:psd": (KEEPER, at("oversight/psd/")),
    "oversight:psd-csv": (KEEPER, at("oversight/psd/gifts-by-provider.csv")),
    "oversight:psd-xlsx": (KEEPER, at("oversight/psd/all.xlsx")),
    "oversight:entries*": (KEEPER, at("oversight/entries/?measure=entries")),
    "oversight:now": (KEEPER, at("oversight/now/?pile=work.gifts")),
    "oversight:return": ("inspector", at("oversight/return/")),
    "oversight:return-file": ("inspector", at("oversight/return.xlsx")),
    "oversight:board": (MEMBER, of("body", BODY)),
    "oversight:board-csv": (MEMBER, of("body", f"{BODY}gifts-by-provider.csv")),
    "oversight:board-xlsx": (MEMBER, of("body", f"{BODY}rates.xlsx?as=public")),
    "oversight:pack-pdf": (MEMBER, of("body", f"{BODY}pack.pdf")),
    "oversight:pack-xlsx": (MEMBER, of("body", f"{BODY}pack.xlsx")),
    "oversight:pack-csv": (MEMBER, of("body", f"{BODY}pack/entries-by-register.csv")),
    "psd:oversight_namingrule_changelist*": ("psd_head", at("psd/oversight/namingrule/")),
    "psd:oversight_namingrule_add": ("psd_head", at("psd/oversight/namingrule/add/")),
    "psd:oversight_namingrule_change": ("psd_head", row(NamingRule, "oversight/namingrule")),
    "psd:oversight_namingrule_history": (
        "psd_head",
        row(NamingRule, "oversight/namingrule", "history/"),
    ),
}
NIL_RETURNS: Mapping[str, tuple[str, Address]] = {
    "casework:nil-returns*": ("sergeant", at("nil-returns/")),
    "casework:withdraw-nil": ("sergeant", of("nil return", "nil-returns/{pk}/withdraw/")),
    "psd:nil-returns*": (KEEPER, at("psd/nil-returns/?force=NMR&register=gifts")),
    "psd:casework_nilreturnrule_changelist*": ("psd_head", at("psd/casework/nilreturnrule/")),
    "psd:casework_nilreturnrule_add": ("psd_head", at("psd/casework/nilreturnrule/add/")),
    "psd:casework_nilreturnrule_change": (
        "psd_head",
        row(NilReturnRule, "casework/nilreturnrule"),
    ),
    "psd:casework_nilreturnrule_history": (
        "psd_head",
        row(NilReturnRule, "casework/nilreturnrule", "history/"),
    ),
}
OF_BOARDS = {**GOVERNANCE, **OVERSIGHT, **NIL_RETURNS}
PREFIXES = (
    "governance:",
    "oversight:",
    "casework:nil-returns",
    "casework:withdraw-nil",
    "psd:casework_nilreturnrule",
    "psd:nil-returns",
    "psd:oversight",
)
