"""The words under which legacy logs of media contacts keep their columns, and what their cells say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from integrity.casework.importing.mapping import plain
from integrity.casework.importing.values import is_nil, is_placeholder, parse_bool
from registers.media_contacts.enums import Basis, Channel, OffRecord
from registers.media_contacts.facts import Speaker

# Best first; where headings tie, the field that stands first here takes the column.
CONTACT_FIELDS: Final[dict[str, Sequence[str]]] = {
    "contacted_on": (
        "date of contact", "contact date", "date of call", "date of interview",
        "date of meeting", "date contacted", "date and time", "date time",
        "date and time of contact", "date", "when", "day",
    ),
    "contacted_at": (
        "time of contact", "contact time", "time of call", "time of interview",
        "time of meeting", "start time", "time", "time 24hr",
    ),
    "embargo": (
        "embargoed until", "embargo until", "embargo lifts", "embargo lifted", "embargo ends",
        "embargo date", "embargo", "embargoed", "under embargo",
    ),
    "basis": (
        "on off the record", "on or off the record", "on off record", "on or off record",
        "on the record", "basis", "basis of contact", "basis of conversation",
        "reportable non reportable", "reportable or non reportable", "reportable", "terms",
        "terms of contact",
    ),
    "off_record": (
        "off the record", "off record", "anything off the record", "said off the record",
    ),
    "press_office": (
        "press officer present", "press office present", "media officer present",
        "media officer in attendance", "press officer in attendance", "comms present",
        "press office informed", "press office told", "press office notified",
        "press office aware", "media office informed", "corporate communications informed",
        "comms informed", "comms aware", "press officer", "media officer", "press office",
    ),
    "hospitality": (
        "hospitality", "hospitality received", "hospitality offered", "refreshments",
        "gifts or hospitality", "gifts and hospitality", "gifts hospitality",
    ),
    "coverage": (
        "coverage", "resulting coverage", "media coverage", "press coverage", "link to coverage",
        "published", "broadcast", "article", "link", "outcome", "result", "output",
    ),
    "officer_number": (
        "collar number", "collar no", "collar", "staff number", "staff no", "warrant number",
        "warrant no", "payroll number", "officer number", "shoulder number", "force number",
    ),
    "rank": ("rank", "grade", "rank or grade", "post", "position", "job title"),
    "journalist": (
        "journalist", "journalist name", "name of journalist", "journalist s name", "reporter",
        "name of reporter", "reporter name", "correspondent", "media representative",
        "media contact", "press contact", "contact name", "name of contact", "caller",
        "person spoken to", "spoken to", "who spoken to",
    ),
    "outlet": (
        "outlet", "media outlet", "news outlet", "outlet name", "name of outlet",
        "media organisation", "news organisation", "organisation", "organization",
        "name of organisation", "publication", "newspaper", "broadcaster", "publication or programme",
        "media company", "media", "paper", "programme", "company",
    ),
    "officer": (
        "acpo chief officer", "acpo officer", "acpo", "chief officer", "officer", "officer name",
        "name of officer", "officer s name", "officer staff", "officer or staff", "rank and name",
        "rank name", "name and rank", "name rank", "member of staff", "staff member",
        "staff name", "spokesperson", "interviewee", "logged by", "completed by", "name", "person",
    ),
    "channel": (
        "how", "how contacted", "method", "method of contact", "contact method", "means",
        "means of contact", "mode of contact", "type of contact", "contact type",
        "nature of contact", "form of contact", "channel",
    ),
    "place": (
        "location of meeting where the call took place", "location of meeting", "place",
        "location", "venue", "where", "where the call took place", "meeting place",
        "where the contact took place", "how and where", "place or method",
    ),
    "about": (
        "topics discussed", "topic discussed", "topics", "topic", "subject", "subject matter",
        "subjects discussed", "subject of contact", "subject discussed", "matters discussed",
        "what was discussed", "issues discussed", "issue", "nature of enquiry", "enquiry",
        "details", "details of contact", "summary", "discussion", "description", "about", "story",
        "title",
    ),
    "purpose": (
        "purpose", "purpose of contact", "purpose of meeting", "reason for contact", "reason",
    ),
    "unit": (
        "unit", "department", "dept", "team", "division", "directorate", "branch", "section",
        "district", "area", "force",
    ),
    "period": ("period", "reporting period", "quarter", "month", "year"),
    "reference": (
        "reference", "ref no", "ref", "reference number", "reference no", "entry number",
        "log number", "log no", "serial number", "serial no", "serial", "id", "number",
    ),
    "comments": ("comments", "comment", "notes", "remarks", "additional comments"),
}  # fmt: skip

# 'Qutoe' is how one force spelt it.
_QUOTE: Final = re.compile(
    r"\b(?:quotes?|quoted|qutoe|quotation|via (?:the )?(?:media|press|comms|communications"
    r"|corporate)(?: \w+)*)\b"
)
_CHANNELS: Final = {
    Channel.PHONE: r"(?:tele)?phone[ds]?|telephoned|telephonic|tel|telecon\w*|calls?|mobile|rang",
    Channel.WRITING: r"e ?mail(?:s|ed)?|texts?|text message|letters?|messages?|writing|written",
    Channel.EVENT: (
        r"(?:press|media|news) (?:conference|briefing|event|facility|call|day|launch)"
        r"|conference|briefing|events?|launch|open day|round table"
    ),
    Channel.IN_PERSON: (
        r"in person|face to face|f2f|meeting|met|visit(?:ed)?|(?:interview(?:ed)?|lunch|dinner"
        r"|breakfast|coffee|drinks?) (?:at|in)"
    ),
}
_PLACE: Final = re.compile(
    r"(?:[\w-]+ ){0,3}?(?:interview(?:ed)?|met|meeting|meetings?|visit|conference|briefing|event"
    r"|launch|in person|face[ -]to[ -]face),? (?:held )?(?:at|in) (?P<place>.+)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Way:
    """How a contact came about, as far as words say, and where."""

    channel: str = ""
    place: str = ""


def way_of(words: str) -> Way:
    """The channel and the place that words name; what names no channel may still be a place."""
    text = plain(words)
    if _QUOTE.search(text):
        return Way(Channel.QUOTE)
    found = [kind for kind, name in _CHANNELS.items() if re.search(rf"\b(?:{name})\b", text)]
    remote = {Channel.PHONE, Channel.WRITING} & set(found)
    if Channel.EVENT in found:
        return Way(Channel.EVENT, place_in(words))
    if remote:
        return Way(remote.pop()) if len(remote) == 1 else Way()
    if found:
        return Way(found[0], place_in(words))
    return Way("", words)


def place_in(words: str) -> str:
    """'Carbrook' of 'Interview at Carbrook'; '' where no place is named."""
    found = _PLACE.fullmatch(" ".join(words.split()))
    return found["place"] if found else ""


_NO_OUTLET: Final = re.compile(
    r"(?:(?:a |the )?general (?:press |media )?)?(?:quotes?|qutoe|statement|press release|release"
    r"|enquiry)"
    r"|(?:all|various|several|multiple|local|national|regional|general|other|mixed)"
    r"(?: (?:local|national|regional))*(?: (?:media|press|outlets?|papers?|journalists?|news))*"
    r"|(?:the )?media|press|journalists?|freelance(?:r| journalist)?"
    r"|press (?:conference|briefing|event)|media (?:conference|briefing|event)"
    r"|(?:not |un)(?:known|named|stated|given|recorded)|n k|none"
)


def is_no_outlet(words: str) -> bool:
    """Whether words in an outlet's column name none: 'General quote', 'Various', 'Local press'."""
    return is_placeholder(words) or is_nil(words) or bool(_NO_OUTLET.fullmatch(plain(words)))


def speakers_of(journalists: str, outlets: str) -> tuple[Speaker, ...]:
    """Who of the media took part; several stand on lines of their own or between semicolons."""
    names, titles = _several(journalists), _several(outlets)
    if len(names) > 1 and len(titles) == 1:
        titles *= len(names)
    return tuple(Speaker(name, title) for name, title in zip_longest(names, titles, fillvalue=""))


def _several(words: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"[;\n]", words) if part.strip()]


_OFF_RECORD: Final = re.compile(r"\boff (?:the )?record\b")
_NOT_OFF: Final = re.compile(r"\b(?:not|nothing|none|no|never)(?: \w+){0,2}? off (?:the )?record\b")
_ASKED: Final = re.compile(r"\b(?:ask(?:ed|s)?|request(?:ed)?|wanted|declined|refused)\b")
_NOT_REPORTABLE: Final = re.compile(
    r"\b(?:(?:non|not|un)(?: be)? ?(?:reportable|reported|publishable|for (?:publication|broadcast"
    r"|reporting|use)))\b"
)
_REPORTABLE: Final = re.compile(
    r"\b(?:reportable|on (?:the )?record|for (?:publication|broadcast)|attributable|quotable)\b"
)


@dataclass(frozen=True, slots=True)
class Footing:
    """On what footing somebody spoke, as far as words say; an embargo's end is read elsewhere."""

    basis: str = ""
    off_record: str = ""
    embargoed: bool = False


def footing_of(words: str, *, asks: str = "") -> Footing:
    """What a cell says of the basis; `asks` is what yes and no answer there.

    'Off the record' is never a basis, but that it was asked for or happened is said (RULES, Media
    contacts 3).
    """
    text = _NOT_OFF.sub(" ", plain(words))
    if (answer := parse_bool(words)) is not None:
        return _answered(answer, asks)
    off_record = off_record_of(words)
    if re.search(r"\bembargo(?:e?d)?\b", text):
        none = re.search(r"\b(?:no|not|without|un)(?: \w+)?? ?embargo", text)
        return Footing(off_record=off_record, embargoed=not none)
    if _NOT_REPORTABLE.search(text):
        return Footing(Basis.NON_REPORTABLE, off_record)
    if _REPORTABLE.search(text):
        return Footing(Basis.REPORTABLE, off_record)
    return Footing(off_record=off_record)


def _answered(answer: bool, asks: str) -> Footing:
    if asks == OffRecord.HAPPENED:
        return Footing(off_record=OffRecord.HAPPENED if answer else "")
    if asks == Basis.REPORTABLE:
        return Footing(Basis.REPORTABLE if answer else Basis.NON_REPORTABLE)
    return Footing(Basis.REPORTABLE if answer and asks else "")


def asked_by(heading: str) -> str:
    """What yes and no below a heading answer: 'Reportable?' is not 'On the record?', whose no says little."""
    text = plain(heading)
    if _OFF_RECORD.search(text) or not _REPORTABLE.search(text):
        return ""
    return Basis.REPORTABLE if text in {"reportable", "is it reportable"} else "on the record"


def off_record_of(words: str) -> str:
    """Whether something was said off the record, or only asked for; '' where words say neither."""
    text = _NOT_OFF.sub(" ", plain(words))
    if not _OFF_RECORD.search(text):
        return ""
    return OffRecord.ASKED if _ASKED.search(text) else OffRecord.HAPPENED


def told_of(words: str, heading: str) -> bool | None:
    """Whether the press office was told, where words under a heading say so.

    A press officer who was there was told; that none was there says nothing of it.
    """
    answer = parse_bool(words)
    if answer is False or is_nil(words):
        return False if _TELLING.search(plain(heading)) else None
    return True if answer or (words and not _NOT_TOLD.search(plain(words))) else None


_TELLING: Final = re.compile(r"\b(?:informed|told|notified|aware|advised)\b")
_NOT_TOLD: Final = re.compile(r"\b(?:not|no|unknown|n k|never|un)\b")


def is_offered(words: str) -> bool:
    """Whether a cell on hospitality says that something was offered."""
    no = re.fullmatch(r"(?:no|not|nil|none|nothing|declined nothing)(?: \w+){0,3}", plain(words))
    return bool(words) and parse_bool(words) is not False and not is_nil(words) and not no
