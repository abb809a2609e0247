"""What boards keep of each force and body, what forces state and return, and whose tasks they are."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone

from integrity.casework.models import NilReturn
from integrity.casework.quarters import quarter_of
from integrity.people.models import Force, OversightBody, Unit, User
from registers.governance.models import (
    AgendaItem,
    Board,
    BoardAction,
    BoardMember,
    ClauseFinding,
    ForceStatement,
    HealthAnswer,
    HealthCheck,
    Meeting,
    MeetingDecision,
    Paper,
    PlanItem,
    PolicyAssessment,
    QuarterlyAction,
    QuarterlyMeeting,
    Threat,
    ThreatAssessment,
)
from tests import builders
from tests.access.media_things import Row
from tests.access.named import Named, mark
from tests.access.oracle import CAST, UNIT_HEADS, Thing, codes

if TYPE_CHECKING:
    from tests.access.things import Things

type Place = Force | OversightBody
type Ids = dict[str, Any]
# who sits on the board of each force and body, and is told nothing of another's
SEATS = {code: name for name, actor in CAST.items() for code in codes(actor.sits)}


def words(kind: str, place: Place) -> str:
    """By which a thing of this force or body is known again on any page."""
    return mark(kind, place.code.lower())


def board(place: Place, by: User, sits: User) -> Ids:
    key = "force" if isinstance(place, Force) else "oversight_body"
    made = Board.objects.create(
        **{key: place}, name=f"{place.code} board", purpose=words("board", place)
    )
    seat = BoardMember.objects.create(board=made, person=sits, starts_on=builders.START)
    return {"pk": made.pk, "member": seat.pk}


def meeting(place: Place, by: User, sits: User) -> Ids:
    """Planned for today, so that all can be prepared, held and recorded; with a paper."""
    now, said = timezone.now(), words("meeting", place)
    made = meeting_of(place)
    common: dict[str, Any] = {"meeting": made, "title": said}
    item = AgendaItem.objects.create(**common, position=1, note=said, asked_by=by, asked_at=now)
    paper = Paper.objects.create(
        **common,
        item=item,
        file=ContentFile(said.encode(), "minutes.txt"),
        name="minutes.txt",
        size=len(said),
        sha256="0" * 64,
        added_by=by,
        added_at=now,
    )
    MeetingDecision.objects.create(
        meeting=made, item=item, what=said, recorded_at=now, recorded_by=by
    )
    return {"pk": made.pk, "item": item.pk, "paper": paper.pk}


def meeting_of(place: Place) -> Meeting:
    made, _ = Meeting.objects.get_or_create(
        board=place.boards.earliest("pk"),
        held_on=timezone.localdate(),
        defaults={"place": words("meeting", place)},
    )
    return made


def code_of(place: Place, by: User, sits: User) -> Ids:
    return {"code": place.code}


def health_check(place: Place, by: User, sits: User) -> Ids:
    check = HealthCheck.objects.create(force=place, **started("started_on", by))
    return {"pk": check.pk, "question": check.questions[0].pk}


def started(day: str, by: User) -> Ids:
    return {day: timezone.localdate(), "started_at": timezone.now(), "started_by": by}


def health_answer(place: Place, by: User, sits: User) -> Ids:
    """A low score, of which an item of the plan can be made, with the file behind it."""
    check, said = HealthCheck.objects.get(force=place.pk), words("health answer", place)
    made = HealthAnswer.objects.create(
        force=check.force,
        health_check=check,
        question=check.questions[1],
        score=1,
        evidence=said,
        file=ContentFile(said.encode(), "evidence.txt"),
        file_name="evidence.txt",
        sha256="0" * 64,
        answered_at=timezone.now(),
        answered_by=by,
    )
    return {"pk": made.pk}


def assessment(place: Place, by: User, sits: User) -> Ids:
    made = PolicyAssessment.objects.create(force=place, **started("assessed_on", by))
    return {"pk": made.pk, "clause": made.clauses[0].pk}


def finding(place: Place, by: User, sits: User) -> Ids:
    of, said = PolicyAssessment.objects.get(force=place.pk), words("clause finding", place)
    made = ClauseFinding.objects.create(
        force=of.force,
        assessment=of,
        clause=of.clauses[1],
        result="partly",
        where=said,
        evidence=said,
        found_at=timezone.now(),
        found_by=by,
    )
    return {"pk": made.pk}


def threats(place: Place, by: User, sits: User) -> Ids:
    made = ThreatAssessment.objects.create(force=place, **started("assessed_on", by))
    return {"pk": made.pk}


def threat(place: Place, by: User, sits: User) -> Ids:
    of, said = ThreatAssessment.objects.get(force=place.pk), words("threat", place)
    made = Threat.objects.create(
        force=of.force,
        assessment=of,
        post=said,
        kind="post",
        description=said,
        likelihood=3,
        impact=4,
        written_at=timezone.now(),
        written_by=by,
    )
    return {"pk": made.pk}


def quarterly(place: Place, by: User, sits: User) -> Ids:
    said, quarter = words("quarterly meeting", place), quarter_of(timezone.localdate())
    QuarterlyMeeting.objects.create(
        force=place,
        quarter=quarter.first,
        held_on=timezone.localdate(),
        present=said,
        note=said,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    return {"code": place.code, "key": quarter.key}


def quarterly_action(place: Place, by: User, sits: User) -> Ids:
    of, now = QuarterlyMeeting.objects.get(force=place.pk), timezone.now()
    made = QuarterlyAction.objects.create(
        force=of.force,
        meeting=of,
        what=words("quarterly action", place),
        due_on=timezone.localdate(),
        owner=by,
        added_at=now,
        added_by=by,
    )
    return {"pk": made.pk}


def statement(place: Place, by: User, sits: User) -> Ids:
    ForceStatement.objects.create(
        force=place,
        as_of=timezone.localdate(),
        counter_corruption_staff=Decimal(4),
        led_by=words("statement", place),
        gift_registers=1,
        compares_with_contractors=True,
        compares_with_suppliers=True,
        stated_at=timezone.now(),
        stated_by=by,
    )
    return {"code": place.code}


# In the order in which they are made, for some are of others; of a body there are the first three.
KEPT: Mapping[str, Callable[[Place, User, User], Ids]] = {
    "board": board,
    "meeting": meeting,
    "body": code_of,
    "force kept": code_of,
    "health check": health_check,
    "health answer": health_answer,
    "policy assessment": assessment,
    "clause finding": finding,
    "threat assessment": threats,
    "threat": threat,
    "quarterly meeting": quarterly,
    "quarterly action": quarterly_action,
    "statement": statement,
}
OF_BODIES = ("board", "meeting", "body")


def kept_by(place: Place, by: User, sits: User) -> dict[str, Ids]:
    """One of each, by its kind: what an address names of it."""
    of_force = isinstance(place, Force)
    kinds = [kind for kind in KEPT if (kind != "body" if of_force else kind in OF_BODIES)]
    return {kind: KEPT[kind](place, by, sits) for kind in kinds}


def row_of(kind: str) -> Row:
    """A thing of a force or body, found among what its boards keep."""

    def made(things: "Things", code: str) -> Named | None:
        if code not in things.kept:
            sits = things.people[SEATS[code]]
            things.kept[code] = kept_by(things.place(code), by_of(things, code), sits)
        ids = things.kept[code].get(kind)
        return Named(Thing(code), ids) if ids else None

    return made


def by_of(things: "Things", code: str) -> User:
    """Somebody of a force's PSD or a body, whose name says nothing to anybody."""
    who = {"HTP": "harbour_reviewer", "HPA": "other_member", "JNE": "joint_member"}
    return things.people[who.get(code, "other_reviewer")]


# --- what somebody is asked to do -----------------------------------------------------------------


def give_action(place: Place, owner: User, what: str) -> Ids:
    """By the meeting of today, of the place's board."""
    made = BoardAction.objects.create(
        meeting=meeting_of(place), what=what, owner=owner, due_on=timezone.localdate()
    )
    return {"pk": made.pk, "version": made.version}


def plan(force: Force, owner: User, what: str) -> Ids:
    made = PlanItem.objects.create(
        force=force,
        action=what,
        owner=owner,
        due_on=timezone.localdate(),
        added_at=timezone.now(),
        added_by=owner,
    )
    return {"code": force.code, "pk": made.pk, "version": made.version}


def action(things: "Things", about: str, by: str, peers: bool) -> Named | None:
    """Of somebody whom a board of their force or body asked."""
    code, what = things.home(about), mark("board action", about, by)
    if about != by or not CAST[about].owes:
        return None
    row_of("board")(things, code)
    return Named(Thing(code, about), give_action(things.place(code), things.people[about], what))


def item(things: "Things", about: str, by: str, peers: bool) -> Named | None:
    """Of somebody whom their force's action plan asks."""
    place, what = things.place(things.home(about)), mark("plan item", about, by)
    if about != by or not (CAST[about].owes and isinstance(place, Force)):
        return None
    return Named(Thing(place.code, about), plan(place, things.people[about], what))


# --- nil returns ----------------------------------------------------------------------------------


def nil_of(unit: Unit, head: User) -> Ids:
    """For the last quarter."""
    quarter = quarter_of(quarter_of(timezone.localdate()).first - timedelta(days=1))
    made = NilReturn.objects.create(
        register="gifts",
        force=unit.force,
        unit=unit,
        stated_for=unit.name,
        starts_on=quarter.first,
        ends_on=quarter.last,
        stated_at=timezone.now(),
        stated_by=head,
    )
    return {"pk": made.pk}


def nil_return(things: "Things", code: str) -> Named | None:
    """Of the unit that one of the cast heads."""
    head = things.people.get(UNIT_HEADS.get(code, ""))
    return (
        Named(Thing(code, head.username), nil_of(head.units_headed.get(), head)) if head else None
    )


MAKERS: dict[str, Callable[["Things", str, str, bool], Named | None]] = {
    "board action": action,
    "plan item": item,
}
ROWS: dict[str, Row] = {**{kind: row_of(kind) for kind in KEPT}, "nil return": nil_return}
