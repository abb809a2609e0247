"""What a legacy register says became of an application, and what it was approved subject to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from integrity.casework.importing.mapping import plain
from integrity.casework.importing.sheets import Cell
from integrity.casework.importing.values import is_nil, is_placeholder, parse_bool
from registers.business_interests.enums import Status
from registers.business_interests.workflow import LIVE

PENDING: Final = "pending"
DECIDED: Final = ("decided_on", "approved_on", "refused_on")
AFTER_APPROVAL: Final = (Status.CEASED, Status.REVOKED)
UNWRITTEN: Final = "Approved with conditions, which the imported register does not give."


@dataclass(frozen=True, slots=True)
class Outcome:
    """A Status, or PENDING; `conditional` where conditions are spoken of, with their words."""

    status: str
    conditions: str = ""
    conditional: bool = False


_APPROVED_WORDS = r"approved?|authori[sz]ed?|agreed|granted|accepted|permitted|allowed"
_NOT_APPROVED: Final = re.compile(
    rf"\b(?:not|never|cannot|can ?not|could not|unable to|un|non)[ -]?(?:be |been )?(?:{_APPROVED_WORDS})"
    r"\b|\b(?:unapproved|disapproved|not supported)\b",
    re.I,
)
_DOUBTFUL: Final = re.compile(
    r"\b(?:not|never)(?: yet| been| be)* (?:refused|declined|rejected|decided)\b"
    r"|\bno (?:approval|authori[sz]ation|authority|permission|decision)\b|\?",
    re.I,
)
_VERDICTS: Final[dict[str, re.Pattern[str]]] = {
    PENDING: re.compile(
        r"\b(?:pending|await(?:ing|s|ed)?|under consideration|in progress|ongoing|on hold"
        r"|deferred|outstanding|undecided|submitted|tbc|tbd|tba|not yet|to be)\b",
        re.I,
    ),
    Status.REVOKED: re.compile(
        r"\b(?:revoked|rescinded|(?:approval|authority|authori[sz]ation|permission|consent)"
        r" (?:was |has been |now |since )?withdrawn)\b",
        re.I,
    ),
    Status.WITHDRAWN: re.compile(
        r"\b(?:withdr(?:awn|ew|awal)|not pursued|not proceeded with|not proceeding)\b", re.I
    ),
    Status.CEASED: re.compile(
        r"\b(?:ceased|lapsed|ended|finished|expired|discontinued|stopped|terminated"
        r"|no longer(?: \w+)*|retired|resigned|left(?: the)? (?:force|organisation))\b",
        re.I,
    ),
    Status.REFUSED: re.compile(
        r"\b(?:refus(?:ed|al|e)|declin(?:ed|e)|reject(?:ed|ion)?|denied|turned down)\b", re.I
    ),
    Status.APPROVED: re.compile(
        rf"\b(?:{_APPROVED_WORDS}|approval|live|active|current|renewed)\b", re.I
    ),
}
_UNCONDITIONAL: Final = re.compile(
    r"\W*\b(?:(?:with |and |- )?no (?:conditions?|restrictions?)(?: (?:attached|imposed|set))?"
    r"|without (?:any )?(?:conditions?|restrictions?)|unconditional(?:ly)?"
    r"|(?:conditions?|restrictions?):? (?:none|nil|n/a))\b\W*",
    re.I,
)
_CONNECTOR: Final = re.compile(
    r"[\s(,;:–—-]*\b(?:(?:but |and |is |are )*subject to(?: the)?(?: following)?(?: conditions?\b)?"
    r"|(?:but )?with(?: the)?(?: following)?(?: certain| some)? (?:conditions?|restrictions?|caveats?)\b"
    r"|(?:up)?on (?:the )?(?:conditions?|understanding|proviso|basis)\b|(?:but )?provid(?:ed|ing)\b"
    r"|with the proviso\b|(?:as|so) long as\b|conditions?(?= ?:)|restrictions?(?= ?:)|if\b|unless\b|only\b)"
    r"(?:[\s:,–—-]|that\b)*",
    re.I,
)
_CONDITIONALLY: Final = re.compile(r"\bconditional(?:ly)?\b", re.I)
_ASIDE: Final = re.compile(r"\s+[–—-]\s*|\s*[:;(,.\n]\s*|\s*[–—]\s*")
_ASKS: Final = re.compile(
    r"\b(?:must|should|shall|will|not|no|only|never|cannot|may|max(?:imum)?|limit(?:ed)?|until"
    r"|without|within|outside|restrict(?:ed|ion|ions)?|conditions?|hours|hrs|through|via)\b",
    re.I,
)


def parse_outcome(cell: Cell, *, asks: str = Status.APPROVED) -> Outcome | None:
    """What became of an application, in its many spellings; None where the words do not decide.

    `asks` is the status that the heading asks ('Refused?'), by which yes and no say something.
    """
    words = "" if cell is None else str(cell).strip(" \t.!")
    if answer := _answer(words, asks):
        return Outcome(answer)
    said, freed = _UNCONDITIONAL.subn(" ", words)
    head, conditional, tail = _split(said.strip())
    status = _answer(head, asks) or _verdict(head)
    if status != Status.APPROVED:
        whole = _verdict(said)
        return Outcome(whole) if whole and whole != Status.APPROVED else None
    if freed and not tail:
        return Outcome(status)
    return Outcome(status, tail, conditional)


def asked_by(heading: str) -> str:
    """The status that a heading asks for; '' where it asks for two at once."""
    text = plain(heading)
    refused = bool(re.search(r"\b(?:refused|declined|rejected)\b", text))
    approved = bool(re.search(r"\b(?:approved|authorised|authorized|agreed|granted)\b", text))
    if refused and approved:
        return ""
    return Status.REFUSED if refused else Status.APPROVED


def _answer(words: str, asks: str) -> str:
    """What a single letter, or yes or no, says below its heading."""
    letter = {"a": Status.APPROVED, "r": Status.REFUSED, "d": Status.REFUSED}.get(words.lower())
    if letter is not None:
        return letter
    said = parse_bool(words.strip(" ,:;–—-("))
    if not asks or said is None:
        return ""
    other = Status.REFUSED if asks == Status.APPROVED else Status.APPROVED
    return asks if said else other


def _split(words: str) -> tuple[str, bool, str]:
    """The verdict, whether it is conditional, and the words of the conditions."""
    if found := _CONNECTOR.search(words):
        head, tail = words[: found.start()], words[found.end() :]
        if found[0].strip().lower().startswith(("only", "(only", "unless", "if")):
            tail = words[found.start() :]
        return _CONDITIONALLY.sub(" ", head), True, _trimmed(tail)
    plainly, times = _CONDITIONALLY.subn(" ", words)
    for found in _ASIDE.finditer(plainly):
        head, tail = plainly[: found.start()], plainly[found.end() :]
        if _verdict(head) == Status.APPROVED and _ASKS.search(tail) and not _other_verdict(tail):
            return head, True, _trimmed(tail)
    return plainly, bool(times), ""


def _trimmed(words: str) -> str:
    text = words.strip(" \t\n:;,.–—-(")
    return text.removesuffix(")") if text.count(")") > text.count("(") else text


def _verdict(words: str) -> str:
    """The one status that words speak of, or ''."""
    if _DOUBTFUL.search(words):
        return ""
    rest, refusals = _NOT_APPROVED.subn(" ", words)
    found = {status for status, pattern in _VERDICTS.items() if pattern.search(rest)}
    if refusals:
        found.add(Status.REFUSED)
    if PENDING in found:
        return PENDING
    if Status.REVOKED in found:
        return Status.REVOKED if Status.REFUSED not in found else ""
    if found == {Status.CEASED, Status.APPROVED}:
        return Status.CEASED
    return found.pop() if len(found) == 1 else ""


def _other_verdict(words: str) -> bool:
    return _verdict(words) not in ("", Status.APPROVED)


_MARK: Final = re.compile(r"(?:^|(?<=[\s;,.:]))\(?(?:([0-9]{1,2})[.)]|([a-h])\))(?=\s|[A-Z])")
_APART: Final = re.compile(r"[;\n\r•●▪]")


def clauses_of(words: str) -> tuple[str, ...]:
    """The conditions in a text, one for each clause set apart by ';', a number or a new line."""
    said = (_clause(each) for each in _APART.split(_without_numbers(words)))
    return tuple(each for each in said if each)


def _without_numbers(words: str) -> str:
    """'1. … 2. …' on lines of their own; a number that does not follow the last is no numbering."""
    after = {1: 0, 2: 0}

    def apart(found: re.Match[str]) -> str:
        group = 1 if found[1] else 2
        place = int(found[1]) if found[1] else "abcdefgh".index(found[2]) + 1
        if place != after[group] + 1:
            return found[0]
        after[group] = place
        return "\n"

    return _MARK.sub(apart, words)


def _clause(words: str) -> str:
    text = " ".join(words.split()).strip(" ,-–—*")
    text = re.sub(r"(?:^(?:and|&)\s+|\s+(?:and|&)$)", "", text, flags=re.I).strip(" ,")
    return text if re.search(r"\w", text) else ""


def conditions_in(cell: Cell) -> tuple[str, ...]:
    """The conditions of a column of its own; none where it says so, unwritten where it says yes."""
    words = "" if cell is None else str(cell).strip()
    text = plain(words)
    none = is_placeholder(words) or is_nil(words) or parse_bool(words) is False
    if none or _UNCONDITIONAL.fullmatch(words) or text in {"not applicable", "unrestricted"}:
        return ()
    if parse_bool(words):
        return (UNWRITTEN,)
    stripped = _CONNECTOR.match(words)
    begins = stripped is not None and not re.match(r"\W*(?:only|if|unless)\b", words, re.I)
    return clauses_of(words[stripped.end() :] if stripped and begins else words)


# --- with its dates -------------------------------------------------------------------------------


def by_dates(dates: Mapping[str, date]) -> Outcome | None:
    """'Date approved' alone says that it was; with 'Date refused' as well it says nothing."""
    approved, refused = "approved_on" in dates, "refused_on" in dates
    if approved == refused:
        return None
    return Outcome(Status.APPROVED if approved else Status.REFUSED)


def decided_on(status: str, dates: Mapping[str, date]) -> date | None:
    """The day that led to a status, by the column that says it best."""
    best = {Status.REFUSED: "refused_on", Status.REVOKED: "ended_on", Status.WITHDRAWN: "ended_on"}
    names = (best.get(Status(status), "approved_on"), *DECIDED)
    return next((dates[name] for name in names if name in dates), None)


def approved_on(status: str, dates: Mapping[str, date], decided: date) -> date | None:
    """When it was approved; of what has ended, where the register has that day as well."""
    if status in LIVE:
        return decided
    if status not in AFTER_APPROVAL:
        return None
    known = ("approved_on", *(["decided_on"] if "ended_on" in dates else []))
    return next((dates[name] for name in known if name in dates), None)


def latest(decided: Outcome | None, stands: Outcome | None) -> Outcome | None:
    """The outcome of a decision and a status; None where they contradict each other."""
    if decided is None or stands is None or decided.status == stands.status:
        return decided or stands
    later = decided.status == Status.APPROVED and stands.status in AFTER_APPROVAL
    return stands if later else None
