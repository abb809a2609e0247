"""Meetings, their agenda, papers and decisions. Each raises Denied for whoever may not."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max

from integrity.audit.actions import action
from integrity.casework.actions import digest_of
from integrity.casework.models import Case
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.governance.actions.step import keep, on_day, say, take, take_turns, tell
from registers.governance.enums import MeetingStatus, Verb
from registers.governance.models import AgendaItem, Board, Meeting, MeetingDecision, Paper
from registers.governance.permissions import (
    check_may_hold,
    check_may_keep,
    check_may_note_at,
    check_may_prepare,
    check_may_record,
)
from registers.governance.workflow import TRANSITIONS

PLACE = "Say where the board meets."
TITLE = "Enter a title."


@action
def plan_meeting(board: Board, *, held_on: date, place: str, by: User, now: datetime) -> Meeting:
    """A meeting on a day; one that was held before it was entered here is then recorded as held."""
    check_may_keep(by, board.home)
    _day_is_free(board, held_on)
    meeting = Meeting.objects.create(board=board, held_on=held_on, place=say(place, PLACE))
    tell("meeting planned", meeting, of=board, by=by, now=now, facts=_on(meeting))
    return meeting


@action
def change_meeting(
    meeting: Meeting,
    *,
    held_on: date,
    place: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Meeting:
    """Another day or place for a planned meeting."""
    fresh = _take(meeting, by=by, now=now, version=version)
    check_may_prepare(by, fresh)
    _day_is_free(fresh.board, held_on, but=fresh)
    fresh.held_on, fresh.place = held_on, say(place, PLACE)
    keep(fresh)
    tell("meeting changed", fresh, of=fresh.board, by=by, now=now, facts=_on(fresh))
    return fresh


@action
def hold(meeting: Meeting, *, by: User, now: datetime, version: int | None) -> Meeting:
    """It was held: its day and agenda stand from then on."""
    fresh = _take(meeting, by=by, now=now, version=version)
    check_may_hold(by, fresh, on_day(now))
    fresh.status = TRANSITIONS.land(Verb.HOLD, fresh.status, MeetingStatus.HELD)
    keep(fresh)
    event = TRANSITIONS[Verb.HOLD].event
    tell(event, fresh, of=fresh.board, by=by, now=now, facts=_on(fresh))
    return fresh


@action
def add_agenda_item(
    meeting: Meeting, *, title: str, note: str = "", by: User, now: datetime
) -> AgendaItem:
    """An item at the end of a planned meeting's agenda."""
    fresh = _take(meeting, by=by, now=now, version=None)
    check_may_prepare(by, fresh)
    return _add(fresh, title=say(title, TITLE), note=note.strip(), case=None, by=by, now=now)


@action
def add_agenda_note(
    meeting: Meeting, *, case: Case, note: str, by: User, now: datetime
) -> AgendaItem:
    """A board member asks that a planned meeting of their body takes up a chief officer's entry."""
    fresh = _take(meeting, by=by, now=now, version=None)
    check_may_note_at(by, case, fresh)
    said = say(note, "Say why the board should take up this entry.")
    if fresh.agenda.filter(case=case).exists():
        raise Denied("This entry is on the agenda of that meeting already.")
    title = f"Entry {case.reference}, {case.subject_name}"[:200]
    return _add(fresh, title=title, note=said, case=case, by=by, now=now)


@action
def change_agenda_item(
    item: AgendaItem, *, title: str, note: str, position: int, by: User, now: datetime
) -> AgendaItem:
    """Other words for an item of a planned meeting, or another place: the others make room."""
    meeting = _take(item.meeting, by=by, now=now, version=None)
    check_may_prepare(by, meeting)
    items = list(meeting.agenda.select_for_update())
    fresh = next((each for each in items if each.pk == item.pk), None)
    if fresh is None:
        raise Denied("This item is not on the agenda.", for_them=False)
    if fresh.case_id is not None:
        say(note, "Say why the board should take up this entry.")
    fresh.title, fresh.note = say(title, TITLE), note.strip()
    items.remove(fresh)
    items.insert(max(0, position - 1), fresh)
    fresh.save()
    _renumber(items)
    tell("agenda changed", meeting, of=meeting.board, by=by, now=now, facts={"title": fresh.title})
    return fresh


@action
def add_paper(
    meeting: Meeting,
    *,
    title: str,
    item: AgendaItem | None = None,
    file: UploadedFile | None = None,
    path: str = "",
    by: User,
    now: datetime,
) -> Paper:
    """A file, kept with the hash of its bytes, or a page of this site, for a meeting or one item of it."""
    fresh = _take(meeting, by=by, now=now, version=None)
    check_may_keep(by, fresh.board.home)
    _of_this_meeting(fresh, item)
    paper = Paper(
        meeting=fresh, item=item, title=say(title, TITLE), path=path, added_at=now, added_by=by
    )
    if (file is None) == (not path):
        raise Denied("Choose a file, or name a page of this site: one of the two.")
    if path and (not path.startswith("/") or path.startswith("//")):
        raise Denied("A page of this site begins with one stroke, such as /governance/.")
    if file is not None:
        paper.file, paper.name = file, (file.name or "file")[:200]
        paper.size, paper.sha256 = file.size or 0, digest_of(file)
    paper.save()
    tell("paper added", paper, of=fresh.board, by=by, now=now, facts={"title": paper.title})
    return paper


@action
def record_decision(
    meeting: Meeting, *, what: str, item: AgendaItem | None = None, by: User, now: datetime
) -> MeetingDecision:
    """What the meeting decided, at an item of its agenda or besides."""
    fresh = _take(meeting, by=by, now=now, version=None)
    check_may_record(by, fresh, on_day(now))
    _of_this_meeting(fresh, item)
    decision = MeetingDecision.objects.create(
        meeting=fresh,
        item=item,
        what=say(what, "Say what was decided."),
        recorded_at=now,
        recorded_by=by,
    )
    tell("board decision recorded", decision, of=fresh.board, by=by, now=now, facts=_on(fresh))
    return decision


@action
def record_download(paper: Paper, *, board: Board, by: User, now: datetime) -> None:
    """Whoever took a paper is on record."""
    tell("paper downloaded", paper, of=board, by=by, now=now, facts={"file": paper.name})


def _take(meeting: Meeting, *, by: User, now: datetime, version: int | None) -> Meeting:
    rows = Meeting.objects.visible_to(by, on_day(now)).select_related(
        "board__force", "board__oversight_body"
    )
    return take(rows, meeting.pk, version=version, noun="meeting")


def _on(meeting: Meeting) -> dict[str, str]:
    return {"held_on": meeting.held_on.isoformat()}


def _day_is_free(board: Board, held_on: date, *, but: Meeting | None = None) -> None:
    take_turns(board)
    others = board.meetings.filter(held_on=held_on).exclude(pk=but.pk if but else 0)
    if others.exists():
        raise Denied("The board has a meeting on that day already.")


def _of_this_meeting(meeting: Meeting, item: AgendaItem | None) -> None:
    if item is not None and item.meeting_id != meeting.pk:
        raise Denied("Choose an item of this meeting’s agenda.")


def _add(
    meeting: Meeting, *, title: str, note: str, case: Case | None, by: User, now: datetime
) -> AgendaItem:
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=last + 1,
        title=title,
        note=note,
        case=case,
        asked_by=by,
        asked_at=now,
    )
    facts = {"title": title, **({"entry": case.reference} if case else {})}
    tell("agenda item added", item, of=meeting.board, by=by, now=now, facts=facts)
    return item


def _renumber(items: list[AgendaItem]) -> None:
    """Places from one on; what moves goes by way of places that no agenda reaches, for none is shared."""
    moved = [(place, each) for place, each in enumerate(items, 1) if each.position != place]
    for beyond in (10_000, 0):
        for place, each in moved:
            each.position = beyond + place
            each.save()
