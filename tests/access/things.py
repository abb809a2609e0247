"""One thing of each kind for each relation, made once: entries, drafts, files, rows of the desk."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from integrity.audit.actions import record
from integrity.audit.models import Event, Log
from integrity.audit.sealing import Sealer
from integrity.casework.actions import start_draft
from integrity.casework.models import (
    Attachment,
    ChecklistItem,
    Decision,
    ImportBatch,
    ImportedRow,
    ImportUpload,
    NilReturnRule,
    Notice,
)
from integrity.people.enums import MemberType, Role
from integrity.people.models import Force, Grade, OversightBody, RoleGrant, Unit, User
from registers.business_interests.enums import Status as InterestStatus
from registers.business_interests.enums import Verb as InterestVerb
from registers.business_interests.models import WrittenNotice
from registers.gifts.enums import Status, Verb
from registers.gifts.models import GiftPolicy, Offer, SupplierNotice
from registers.organisations.actions import find_or_create
from registers.oversight.models import NamingRule
from tests import builders, contacts, interests
from tests.access import board_things, buying_things, media_things
from tests.access.boards_oracle import BODIES, OF_PART, OVERSEEN, TASKS
from tests.access.named import Named, mark
from tests.access.oracle import (
    BODY_RELATIONS,
    CAST,
    CHIEF_OFFICERS,
    OF_BODY,
    RELATIONS,
    UNIT_HEADS,
    Thing,
)
from tests.builders import World, accepted, declare, perform

LATER = date(2099, 1, 1)
ALLIANCE, HARBOUR = "NMR EVL NEC JNE", "HTP HPA"
# who leads a force or body in integrity, which lets them read what its boards keep, and no entries
LEADS = {
    "NMR": "staff_officer",
    "EVL": "eastvale_constable",
    "HTP": "harbour_constable",
    "NEC": "body_member",
}
# The other bodies, and their governance members: one of another department, one that shares a force.
MORE_BODIES = {"HPA": "Harbour Authority", "JNE": "Joint Committee"}
# which of a body's forces stands for it where only a force has something
FORCE_OF = {"NEC": "NMR", "JNE": "EVL", "HPA": "HTP"}
OF_GIFTS = {"entry of gifts", "attachment", "receipt"}
OF_ENTRIES = OF_GIFTS | {
    "entry of business_interests",
    "interest notice",
    "entry of media_contacts",
    "entry of investigations",
    "entry of crosschecks",
}
SECRETS = {"entry of investigations", "entry of crosschecks", "referral", "concern"}
PERSONAL = OF_ENTRIES | {
    "notice",
    "draft",
    "draft of gifts",
    "draft of business_interests",
    "upload",
    "person",
    "member",
    "grant",
    "own purchase",
    "own tender",
    *TASKS,
}
NOWHERE = {
    "reference": "GH-2026-999999",
    "object_id": 999_999,
    "code": "ZZZ",
    "slug": "gifts",
    "step": "offer",
    "number": 1,
    "key": "2026-1",
    **dict.fromkeys(("week", "member", "item", "paper", "question", "clause"), 999_999),
}


@dataclass
class Things:
    """The world, its cast, and everything that an address can name, found by kind and relation."""

    world: World
    people: dict[str, User] = field(default_factory=dict)
    found: dict[tuple[str, str, str], Named | None] = field(default_factory=dict)
    marks: dict[str, tuple[str, Thing]] = field(default_factory=dict)
    bodies: dict[str, OversightBody] = field(default_factory=dict)
    kept: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)  # by boards

    def __post_init__(self) -> None:
        self.people = self.world.people()
        for code, name in MORE_BODIES.items():
            self.add_body(code, name)
        for head in UNIT_HEADS.values():
            Unit.objects.filter(people=self.people[head]).update(head=self.people[head])
        for name, force in (
            ("leaver", self.world.northmoor),
            ("harbour_clerk", self.world.harbour),
        ):
            self.people[name] = builders.person(name, force=force)
        for code, name in LEADS.items():
            key = "oversight_body" if code in BODIES else "force"
            builders.grant(self.people[name], Role.INTEGRITY_LEAD, **{key: self.place(code)})

    def add_body(self, code: str, name: str) -> None:
        """An oversight body with its policies, and its governance member."""
        world = self.world
        home = world.harbour_psd if code in HARBOUR else world.alliance_psd
        body = OversightBody.objects.create(code=code, name=name, department=home)
        self.bodies[code] = body
        body.forces.set(self.place(each) for each in OVERSEEN[code].split())
        for policy in (builders.gift_policy, interests.interest_policy, contacts.media_policy):
            policy(oversight_body=body)
        member = builders.person(OF_BODY[code], member_type=MemberType.BODY, oversight_body=body)
        builders.grant(member, Role.GOVERNANCE_MEMBER, oversight_body=body)
        self.people[OF_BODY[code]] = member

    def place(self, code: str) -> Any:
        who = self.world
        forces = {"NMR": who.northmoor, "EVL": who.eastvale, "HTP": who.harbour}
        return {**forces, "NEC": who.body, **self.bodies}[code]

    def home(self, name: str) -> str:
        person = self.people[name]
        return str((person.force or person.oversight_body).code)

    def of(self, kind: str, actor: str, relation: str) -> Named | None:
        """The thing of a kind that stands so to this person; None where there can be none."""
        if relation == "missing":
            return missing(kind)
        name = RELATIONS[relation].get(actor)
        if name is None or (relation in BODY_RELATIONS and not asks_of_bodies(kind, actor)):
            return None
        if kind in PERSONAL:
            typed = relation == "typed by them"
            peers = relation == "in scope by role" and actor in CHIEF_OFFICERS
            return self.persons(kind, name, actor if typed else name, peers=peers)
        if relation in ("own", "typed by them", "their team's"):
            return None
        if kind == "organisation" and relation == "other force, same department":
            return None
        return self.places(kind, self.home(name))

    def persons(self, kind: str, about: str, by: str, *, peers: bool) -> Named | None:
        if kind not in OF_ENTRIES and about != by:
            return None
        peers = peers and kind in OF_GIFTS
        key = (kind, about, f"{by}{' peers' if peers else ''}")
        if key not in self.found:
            found = self.found[key] = MAKERS[kind](self, about, by, peers)
            if found:
                self.marks[mark(*key)] = kind, found.thing
        return self.found[key]

    def places(self, kind: str, code: str) -> Named | None:
        key = (kind, code, "")
        if key not in self.found:
            found = self.found[key] = ROWS_OF[kind](self, code)
            if found and kind in SECRETS:
                self.marks[mark(kind, code)] = kind, found.thing
            if found and kind in OF_PART:
                self.marks[mark(kind, code.lower())] = kind, found.thing
        return self.found[key]

    def imported(self, register: str, about: str, case: Any, words: str) -> None:
        """Let an entry have come from a row of a legacy file, where its force has one."""
        batch = self.places("batch", self.home(about))
        if batch:
            ImportedRow.objects.create(
                batch_id=batch.ids["pk"],
                register=register,
                force=self.place(self.home(about)),
                where="row 2",
                cells={},
                fingerprint=hashlib.sha256(words.encode()).hexdigest(),
                case=case,
            )

    def make_all(self, kinds: set[str], cast: Sequence[str]) -> None:
        """Make everything before the first request, so that no request finds less than another."""
        for kind in sorted(kinds):
            for actor in cast:
                for relation in RELATIONS:
                    self.of(kind, actor, relation)
        self.people["leaver"].leaves_on = timezone.localdate() - timedelta(days=1)
        self.people["leaver"].save()


def asks_of_bodies(kind: str, actor: str) -> bool:
    """Whether a kind of thing of bodies is asked for by somebody: by their members every kind."""
    return kind == "body" or kind in OF_PART or bool(CAST[actor].member)


def missing(kind: str) -> Named:
    register = kind.removeprefix("entry of ") if kind.startswith("entry of ") else "gifts"
    number = str(UUID(int=0)) if kind.startswith(("draft", "upload")) else 999_999
    step = "holder" if kind == "draft of business_interests" else "offer"
    return Named(Thing(home="", register=register), {**NOWHERE, "pk": number, "step": step})


def entry(things: Things, about: str, by: str, peers: bool) -> Named:
    """An offer that waits for PSD, or for the view of the subject's peers, with the row it came from."""
    who = things.world
    words = mark("entry of gifts", about, f"{by}{' peers' if peers else ''}")
    stated = accepted(50, description=words)
    offer = declare(things.people[about], stated, by=things.people[by])
    if offer.status == Status.PEER_REVIEW and not peers:
        offer = perform(Verb.PEER_REVIEW, offer, by=who.deputy_chief, in_world=who)
    assert offer.status == (Status.PEER_REVIEW if peers else Status.WITH_PSD), offer.status
    home = things.home(about)
    batch = things.places("batch", home)
    if batch:
        ImportedRow.objects.create(
            batch_id=batch.ids["pk"],
            register="gifts",
            force=things.place(home),
            where="row 2",
            cells={},
            fingerprint=hashlib.sha256(words.encode()).hexdigest(),
            case=offer.case,
        )
    thing = Thing(home, about, by, asks_peers=peers)
    ids = {"reference": offer.case.reference, "pk": offer.pk}
    return Named(thing, {**ids, "version": offer.case.version, "item": offer.items.get().pk})


def interest(things: Things, about: str, by: str, peers: bool) -> Named | None:
    """An application that waits for PSD; people apply for themselves alone."""
    if about != by:
        return None
    words = mark("entry of business_interests", about, by)
    person = things.people[about]
    made = interests.apply(person, occupation=words)
    if made.status == InterestStatus.WITH_SUPERVISOR:
        assert person.line_manager is not None
        made = interests.perform(
            InterestVerb.GIVE_VIEW, made, by=person.line_manager, in_world=things.world
        )
    assert made.status == InterestStatus.WITH_PSD, made.status
    made = interests.fresh(made)
    things.imported("business_interests", about, made.case, words)
    thing = Thing(things.home(about), about, by, register="business_interests")
    ids = {"reference": made.case.reference, "pk": made.pk, "version": made.case.version}
    return Named(thing, ids)


def interest_notice(things: Things, about: str, by: str, peers: bool) -> Named | None:
    """The written notice of a refusal, which everybody who reads the entry may read."""
    if about != by:
        return None
    person = things.people[about]
    made = interests.apply(person, occupation=mark("interest notice", about, by))
    decision = Decision.objects.create(
        case=made.case,
        round=1,
        stage="psd",
        outcome="refused",
        reason="It is a risk.",
        subject=person,
        decided_at=timezone.now(),
        decided_by=things.people[notice_giver(things.home(about), about)],
    )
    notice = WrittenNotice.objects.create(
        interest=made, decision=decision, outcome="refused", conditions=[], given_at=timezone.now()
    )
    thing = Thing(things.home(about), about, by, register="business_interests")
    return Named(thing, {"reference": made.case.reference, "pk": notice.pk})


def notice_giver(home: str, about: str) -> str:
    """Somebody of PSD who is free to decide about somebody."""
    if home in HARBOUR:
        return "harbour_clerk" if about == "harbour_reviewer" else "harbour_reviewer"
    return "eastvale_constable" if about == "other_reviewer" else "other_reviewer"


def interest_draft(things: Things, about: str, by: str, peers: bool) -> Named:
    made = start_draft(
        by=things.people[by],
        register="business_interests",
        purpose="apply",
        keep_days=30,
        now=timezone.now(),
        data={"work": {"occupation": [mark("draft of business_interests", about, by)]}},
    )
    return Named(Thing(things.home(about), about, by), {"pk": made.pk, "step": "holder"})


def member(things: Things, about: str, by: str, peers: bool) -> Named | None:
    """Somebody by their number, as a line manager finds them."""
    home = things.home(about)
    if home in BODIES:
        return None
    return Named(Thing(home, about), {"pk": things.people[about].pk})


def attachment(things: Things, about: str, by: str, peers: bool) -> Named:
    found = things.persons("entry of gifts", about, by, peers=peers)
    assert found
    words = mark("attachment", about, by)
    made = Attachment.objects.create(
        case=Offer.objects.get(pk=found.ids["pk"]).case,
        file=ContentFile(words.encode(), "a.txt"),
        name="a.txt",
        size=len(words),
        sha256="0" * 64,
        attached_at=timezone.now(),
        attached_by=things.people[by],
    )
    return Named(found.thing, {"pk": made.pk})


def receipt(things: Things, about: str, by: str, peers: bool) -> Named:
    """That of the declaration, once the entry has its place in the ledger."""
    found = things.persons("entry of gifts", about, by, peers=peers)
    assert found
    case = Offer.objects.get(pk=found.ids["pk"]).case
    event = Event.objects.get(about="case", about_id=case.pk, name="offer declared")
    give_places()
    return Named(found.thing, {"reference": case.reference, "pk": event.pk})


def give_places() -> None:
    """Entries get their places in the ledger at the commit, which a test in a transaction never has."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS audit_sequence IMMEDIATE")
        cursor.execute("SET CONSTRAINTS audit_sequence DEFERRED")


def notice(things: Things, about: str, by: str, peers: bool) -> Named:
    """One about an entry of the recipient's own."""
    found = things.persons("entry of gifts", about, by, peers=False)
    assert found
    words = mark("notice", about, by)
    made = Notice.objects.create(
        recipient=things.people[about],
        case=Offer.objects.get(pk=found.ids["pk"]).case,
        key=words,
        subject=words,
        body=words,
        made_at=timezone.now(),
    )
    return Named(found.thing, {"pk": made.pk})


def draft(things: Things, about: str, by: str, peers: bool) -> Named:
    made = start_draft(
        by=things.people[by],
        register="gifts",
        purpose="declare",
        keep_days=30,
        now=timezone.now(),
        data={"items/1": {"description": [mark("draft of gifts", about, by)]}},
    )
    ids = {"pk": made.pk, "step": "offer", "number": 1}
    return Named(Thing(things.home(about), about, by), ids)


def upload(things: Things, about: str, by: str, peers: bool) -> Named:
    """A file waiting to be imported; a body's member is taken to have sent it for one of its forces."""
    home = things.home(about)
    code = FORCE_OF.get(home, home)
    made = ImportUpload.objects.create(
        register="gifts",
        force=things.place(code),
        name=f"{mark('upload', about, by)}.csv",
        content=f"Date,Who\n1 May 2026,{about}\n".encode(),
        uploaded_at=timezone.now(),
        uploaded_by=things.people[by],
    )
    return Named(Thing(code, about, by), {"pk": made.pk})


def person(things: Things, about: str, by: str, peers: bool) -> Named:
    return Named(Thing(things.home(about), about), {"object_id": things.people[about].pk})


def grant(things: Things, about: str, by: str, peers: bool) -> Named | None:
    """A role of this person; where they have none, their force's lead's stands for it."""
    held = RoleGrant.objects.filter(user=things.people[about]).first()
    if held is None:
        about = LEADS[things.home(about)]
        held = RoleGrant.objects.get(user=things.people[about])
    return Named(Thing(things.home(about), about), {"object_id": held.pk})


MAKERS: dict[str, Callable[[Things, str, str, bool], Named | None]] = {
    "entry of gifts": entry,
    "entry of business_interests": interest,
    "interest notice": interest_notice,
    "entry of media_contacts": media_things.contact,
    "entry of investigations": media_things.investigation,
    "draft of gifts": draft,
    "draft of business_interests": interest_draft,
    "member": member,
    "attachment": attachment,
    "receipt": receipt,
    "notice": notice,
    "draft": draft,
    "upload": upload,
    "person": person,
    "grant": grant,
    **buying_things.MAKERS,
    **board_things.MAKERS,
}


def row(model: Any, **details: Any) -> Callable[[Things, str], Named | None]:
    """A maker of a row that belongs to a force, and to no body."""

    def make(things: Things, code: str) -> Named | None:
        if code in BODIES:
            return None
        made = model.objects.create(force=things.place(code), **details)
        return Named(Thing(code), {"object_id": made.pk})

    return make


def force(things: Things, code: str) -> Named | None:
    place = things.place(code)
    known = isinstance(place, Force)
    return Named(Thing(code), {"object_id": place.pk}) if known else None


def register(things: Things, code: str) -> Named | None:
    place = things.place(code)
    known = isinstance(place, Force)
    return Named(Thing(code), {"code": code, "slug": "gifts"}) if known else None


def log(things: Things, code: str) -> Named | None:
    """A force's log with a checkpoint."""
    place = things.place(code)
    if not isinstance(place, Force):
        return None
    record("log made", by=None, now=timezone.now(), force_id=place.pk)
    give_places()
    Sealer.open().seal(Log.objects.get(code=code), now=timezone.now())
    return Named(Thing(code), {"code": code})


def policy(things: Things, code: str) -> Named:
    """Next century's, so that no entry has fixed it."""
    key = "oversight_body" if code in BODIES else "force"
    made = builders.gift_policy(**{key: things.place(code)}, effective_from=LATER)
    return Named(Thing(code), {"object_id": GiftPolicy.objects.get(pk=made.pk).pk})


def interest_policy(things: Things, code: str) -> Named:
    """Next century's, so that no interest has fixed it."""
    key = "oversight_body" if code in BODIES else "force"
    made = interests.interest_policy(**{key: things.place(code)}, effective_from=LATER)
    return Named(Thing(code), {"object_id": made.pk})


def organisation(things: Things, code: str) -> Named:
    """A department's, which its forces and bodies share."""
    home = HARBOUR if code in HARBOUR else ALLIANCE
    name = {HARBOUR: "Harbour Chandlers", ALLIANCE: "Halcyon Fleet"}[home]
    made = find_or_create(name=name, department=things.place(code).department)
    return Named(Thing(home), {"object_id": made.pk})


def batch(things: Things, code: str) -> Named | None:
    if code in BODIES:
        return None
    made = ImportBatch.objects.create(
        register="gifts",
        force=things.place(code),
        name=f"{code}.csv",
        sha256="0" * 64,
        file=ContentFile(b"Date,Who\n", f"{code}.csv"),
        imported_at=timezone.now(),
    )
    return Named(Thing(code), {"pk": made.pk})


ROWS_OF: dict[str, Callable[[Things, str], Named | None]] = {
    "force": force,
    "register": register,
    "log": log,
    "policy": policy,
    "interest policy": interest_policy,
    "organisation": organisation,
    "batch": batch,
    "unit": row(Unit, name="Dogs"),
    "grade": row(Grade, name="Special", short="SC"),
    "checklist item": row(
        ChecklistItem, register="gifts", text="Late entries", effective_from=builders.START
    ),
    **media_things.ROWS,
    **buying_things.ROWS,
    **board_things.ROWS,
    "nil return rule": row(NilReturnRule, effective_from=LATER),
    "naming rule": row(NamingRule, effective_from=LATER),
    "supplier notice": row(SupplierNotice, title="No gifts", text="None.", dated=builders.TODAY),
}
