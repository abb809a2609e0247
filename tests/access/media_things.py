"""Media contacts and investigations, and what else their pages name, one of each for each relation."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from integrity.casework.models import Referral
from integrity.people.models import Force, User
from registers.investigations.models import Concern, ConcernMessage
from registers.media_contacts.facts import Speaker
from registers.media_contacts.models import (
    ComplianceSample,
    Coverage,
    MeetingItem,
    Outlet,
    SampledWeek,
)
from registers.media_contacts.names import journalist_of, outlet_of
from tests import contacts, investigations
from tests.access.boards_oracle import BODIES
from tests.access.named import Named, mark
from tests.access.oracle import Thing

if TYPE_CHECKING:
    from tests.access.things import Things

type Row = Callable[["Things", str], Named | None]


def contact(things: "Things", about: str, by: str, peers: bool) -> Named:
    """A contact that waits for the press office."""
    words, now = mark("entry of media_contacts", about, by), timezone.now()
    made = contacts.log(
        things.people[about],
        by=things.people[by],
        now=now,
        about=words,
        contacted_at=None,
        speakers=(Speaker("Jo Reed", "Evening Post"),),
        contacted_on=timezone.localdate(now),
    )
    things.imported("media_contacts", about, made.case, words)
    thing = Thing(things.home(about), about, by, register="media_contacts")
    ids = {"reference": made.case.reference, "pk": made.pk, "version": made.case.version}
    return Named(thing, ids)


def investigation(things: "Things", about: str, by: str, peers: bool) -> Named | None:
    """PSD looks into somebody; whoever opened it is no part of what they are asked."""
    opener = opener_for(things, things.people[about])
    if about != by or opener is None:
        return None
    person, words = things.people[about], mark("entry of investigations", about, by)
    made = investigations.open_one(
        things.world, by=opener, home=person.force, subject=person, title=words, now=timezone.now()
    )
    things.imported("investigations", about, made.case, words)
    thing = Thing(things.home(about), about, register="investigations")
    return Named(thing, {"pk": made.pk, "version": made.case.version})


def opener_for(things: "Things", person: User) -> User | None:
    """Somebody in PSD who may open an investigation of this person; there is not always one."""
    who = things.world
    near = (who.other_reviewer, who.reviewer, who.psd_head)
    psd = {who.northmoor.pk: near, who.eastvale.pk: near, who.harbour.pk: (who.harbour_reviewer,)}
    apart = (person.pk, person.line_manager_id)
    return next((u for u in psd.get(person.force_id or 0, ()) if u.pk not in apart), None)


def coverage(things: "Things", force: Force, psd: User) -> dict[str, Any]:
    made = Coverage.objects.create(
        force=force,
        headline="Bikes",
        published_on=timezone.localdate(),
        added_at=timezone.now(),
        added_by=psd,
    )
    return {"pk": made.pk}


def sample(things: "Things", force: Force, psd: User) -> dict[str, Any]:
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    made = ComplianceSample.objects.create(
        force=force, starts_on=monday, ends_on=today, seed=1, drawn_at=timezone.now(), drawn_by=psd
    )
    officer = User.objects.filter(force=force).exclude(pk=psd.pk).earliest("pk")
    week = SampledWeek.objects.create(sample=made, officer=officer, starts_on=monday)
    return {"pk": made.pk, "week": week.pk}


def meeting_item(things: "Things", force: Force, psd: User) -> dict[str, Any]:
    made = MeetingItem.objects.create(
        force=force, text="Talk it over.", added_at=timezone.now(), added_by=psd
    )
    return {"pk": made.pk}


def referral(things: "Things", force: Force, psd: User) -> dict[str, Any]:
    made = Referral.objects.create(
        force=force,
        source="person",
        about=mark("referral", force.code),
        reason="It is so.",
        made_at=timezone.now(),
        made_by=psd,
    )
    return {"pk": made.pk}


def concern(things: "Things", force: Force, psd: User) -> dict[str, Any]:
    sent = Referral.objects.create(
        force=force,
        source="anonymous",
        about=mark("concern", force.code),
        reason="It is so.",
        made_at=timezone.now(),
    )
    made = Concern.objects.create(
        force=force, referral=sent, code_hash=f"{force.code:0>64}", received_on=timezone.localdate()
    )
    ConcernMessage.objects.create(
        concern=made, from_psd=False, text="It is so.", on=timezone.localdate()
    )
    return {"pk": made.pk}


def of_force(make: Callable[["Things", Force, User], dict[str, Any]]) -> Row:
    """A thing of a force, made by somebody of its PSD; a body has none."""

    def made(things: "Things", code: str) -> Named | None:
        place, who = things.place(code), things.world
        if not isinstance(place, Force):
            return None
        psd = who.harbour_reviewer if code == "HTP" else who.other_reviewer
        return Named(Thing(code), make(things, place, psd))

    return made


def policy(make: Callable[..., Any]) -> Row:
    """Next century's, so that no entry has fixed it."""

    def made(things: "Things", code: str) -> Named:
        key = "oversight_body" if code in BODIES else "force"
        later = timezone.localdate().replace(year=2099)
        row = make(**{key: things.place(code)}, effective_from=later)
        return Named(Thing(code), {"object_id": row.pk})

    return made


def shared(make: Callable[[Any, str], int]) -> Row:
    """What the forces of a department share, by its number."""

    def made(things: "Things", code: str) -> Named:
        home = "HTP HPA" if code in ("HTP", "HPA") else "NMR EVL NEC JNE"
        return Named(Thing(home), {"pk": make(things.place(code).department, home[:3])})

    return made


def _outlet(department: Any, code: str) -> int:
    name = {"HTP": "Harbour Echo", "NMR": "Moor Echo"}[code]
    return Outlet.objects.get(organisation=outlet_of(name, department)).pk


def _journalist(department: Any, code: str) -> int:
    return journalist_of(f"Jo {code.title()}", department).pk


ROWS: dict[str, Row] = {
    "coverage": of_force(coverage),
    "media sample": of_force(sample),
    "meeting item": of_force(meeting_item),
    "referral": of_force(referral),
    "concern": of_force(concern),
    "outlet": shared(_outlet),
    "journalist": shared(_journalist),
    "media policy": policy(contacts.media_policy),
    "investigation policy": policy(investigations.investigation_policy),
}
