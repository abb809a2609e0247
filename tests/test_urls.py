"""Every address of the site: who may open it at all, and that another force's entries do not exist.

The inventory and its classification are in tests/access/routes.py, where a new route fails first.
"""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework.actions import start_draft
from integrity.casework.forms import quarter_before
from integrity.casework.models import Attachment, Notice
from integrity.people.models import User
from registers.business_interests.enums import Status as InterestStatus
from registers.business_interests.enums import Verb as InterestVerb
from registers.gifts.enums import Status, Verb
from registers.gifts.models import Offer
from registers.media_contacts.enums import Verb as ContactVerb
from registers.procurement.models import Involvement
from tests import builders, contacts, interests, procurement
from tests.access import board_things
from tests.access.boards_oracle import TASK_VERBS
from tests.access.routes import OBJECTS, PUBLIC, SIGNED_IN, SITE, Route, routes
from tests.builders import World

MISSING = "GH-2026-999999"


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(SIGNED_IN))
def test_nobody_gets_in_without_signing_in(name: str) -> None:
    for method in ("get", "post"):
        response = getattr(Client(), method)(reverse(name))
        assert response.status_code == 302
        assert response["Location"].startswith("/sign-in/")


@pytest.mark.django_db
@pytest.mark.usefixtures("ledger_key")
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_pages_open_for_anybody(world: World, name: str) -> None:
    at = SITE[name].at
    assert Client().get(f"/{at}" if at else reverse(name)).status_code == 200


def addresses(world: World, owner: User) -> dict[str, list[str]]:
    """Each address that names a thing of the owner's force, by its route."""
    now = timezone.now()
    offer = builders.offer_in(Status.WITH_PSD, world, subject=owner)
    reference = offer.case.reference
    notice = Notice.objects.create(
        recipient=owner, case=offer.case, key="x", subject="x", body="x", made_at=now
    )
    draft = start_draft(by=owner, register="gifts", purpose="declare", keep_days=30, now=now)
    attachment = Attachment.objects.create(
        case=offer.case,
        file=ContentFile(b"x", "x.txt"),
        name="x.txt",
        size=1,
        sha256="0" * 64,
        attached_at=now,
        attached_by=owner,
    )
    pk = str(draft.pk)
    assert owner.force is not None
    event = Event.objects.get(about="case", about_id=offer.case_id, name="offer declared")
    receipt = [reference, event.pk]
    return {
        **addresses_of_interests(world, owner),
        **addresses_of_contacts(owner),
        **addresses_of_procurement(owner),
        **addresses_of_boards(world, owner, reference),
        "casework:receipt": [reverse("casework:receipt", args=receipt)],
        "casework:receipt-file": [reverse("casework:receipt-file", args=receipt)],
        "casework:open-notice": [reverse("casework:open-notice", args=[notice.pk])],
        "casework:discard-draft": [reverse("casework:discard-draft", args=[pk])],
        "casework:attachment": [reverse("casework:attachment", args=[attachment.pk])],
        "casework:sign-off": [reverse("casework:sign-off", args=[owner.force.code, "gifts"])],
        "gifts:draft": [
            reverse("gifts:draft", args=[pk, s]) for s in ("offer", "items/1", "gift-test")
        ],
        "gifts:autosave": [reverse("gifts:autosave", args=[pk, "offer"])],
        "gifts:items": [reverse("gifts:items", args=[pk])],
        "gifts:remove-item": [reverse("gifts:remove-item", args=[pk, 1])],
        "gifts:check": [reverse("gifts:check", args=[pk])],
        "gifts:case": [reverse("gifts:case", args=[reference])],
        "gifts:done": [reverse("gifts:done", args=[reference])],
        "gifts:verb": [reverse("gifts:verb", args=[reference, verb]) for verb in Verb],
    }


def addresses_of_interests(world: World, owner: User) -> dict[str, list[str]]:
    """The same of the business interests register."""
    interest = interests.interest_in(InterestStatus.REFUSED, world, subject=owner)
    reference, notice = interest.case.reference, interest.notices.get().pk
    draft = start_draft(
        by=owner, register="business_interests", purpose="apply", keep_days=30, now=timezone.now()
    )
    name, pk = "business_interests", str(draft.pk)
    steps = ("holder", "work", "hours", "conflict")
    return {
        f"{name}:draft": [reverse(f"{name}:draft", args=[pk, step]) for step in steps],
        f"{name}:autosave": [reverse(f"{name}:autosave", args=[pk, "work"])],
        f"{name}:check": [reverse(f"{name}:check", args=[pk])],
        f"{name}:case": [reverse(f"{name}:case", args=[reference])],
        f"{name}:done": [reverse(f"{name}:done", args=[reference])],
        f"{name}:verb": [reverse(f"{name}:verb", args=[reference, v]) for v in InterestVerb],
        f"{name}:notice": [reverse(f"{name}:notice", args=[reference, notice])],
        f"{name}:notice-pdf": [reverse(f"{name}:notice-pdf", args=[reference, notice])],
        f"{name}:pdr": [reverse(f"{name}:pdr", args=[owner.pk])],
        f"{name}:pdr-pdf": [reverse(f"{name}:pdr-pdf", args=[owner.pk])],
        f"{name}:refusals-of": [reverse(f"{name}:refusals-of", args=["NMR"])],
    }


def addresses_of_contacts(owner: User) -> dict[str, list[str]]:
    """The same of the register of media contacts, of a contact at which something was offered."""
    name, reference = "media_contacts", contacts.log(owner, hospitality=True).case.reference
    return {
        **{f"{name}:{page}": [reverse(f"{name}:{page}", args=[reference])] for page in PAGES},
        f"{name}:verb": [reverse(f"{name}:verb", args=[reference, v]) for v in ContactVerb],
    }


def addresses_of_procurement(owner: User) -> dict[str, list[str]]:
    """A purchase by the owner's card, and a tender in which they have a part."""
    purchase = procurement.purchase(procurement.card(owner), 40)
    tender = procurement.tender(owner.force, "Halcyon Fleet Ltd")
    Involvement.objects.create(
        force=owner.force, person=owner, tender=tender, part="evaluates", starts_on=builders.START
    )
    return {
        "procurement:justify": [reverse("procurement:justify", args=[purchase.pk])],
        "procurement:declare": [reverse("procurement:declare", args=[tender.pk])],
        "organisations:page": [
            reverse("organisations:page", args=[each.organisation_id])
            for each in tender.bidders.all()
        ],
    }


def addresses_of_boards(world: World, owner: User, reference: str) -> dict[str, list[str]]:
    """What the force's boards keep, and the body's figures; as their routes say where to ask."""
    force = owner.force
    assert force is not None
    ids = {
        **board_things.kept_by(force, owner, owner),
        "board action": board_things.give_action(force, owner, "Publish it."),
        "plan item": board_things.plan(force, owner, "Compare registers."),
        "nil return": board_things.nil_of(world.patrol, owner),
        "body": {"code": world.body.code},
        "entry of gifts": {"reference": reference},
    }
    prefixes = ("governance:", "oversight:", "casework:withdraw-nil")
    of_boards = [r for r in routes() if r.key in OBJECTS and r.key.startswith(prefixes)]
    return {
        r.key: [path_of(r, ids[SITE[r.key].of], verb) for verb in TASK_VERBS] for r in of_boards
    }


def path_of(route: Route, ids: dict[str, object], verb: str) -> str:
    """A route's address, as the inventory says where to ask."""
    named, path = {**ids, "verb": verb}, SITE[route.key].at or route.path
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(named[m[1]]), path)


PAGES = ("case", "done", "begin-offer")
STRANGERS = (
    "harbour_constable",
    "harbour_sergeant",
    "harbour_reviewer",
    "colleague",
    "administrator",
    "body_member",
)


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize("stranger", STRANGERS)
def test_what_is_outside_ones_scope_does_not_exist(world: World, stranger: str) -> None:
    found = addresses(world, world.constable)
    assert set(found) == OBJECTS
    client = client_of(getattr(world, stranger))
    before = (Event.objects.exclude(name="refused").count(), Offer.objects.get().status)
    for name, paths in found.items():
        for path in paths:
            for method in ("get", "post"):
                status = getattr(client, method)(path).status_code
                assert status in (404, 405), f"{stranger}: {method} {name} {path} answered {status}"
    assert (Event.objects.exclude(name="refused").count(), Offer.objects.get().status) == before


def test_a_missing_entry_answers_as_a_hidden_one_does(world: World) -> None:
    offer = builders.offer_in(Status.WITH_PSD, world)
    client = client_of(world.harbour_constable)
    hidden, missing = (client.get(f"/gifts/{r}/") for r in (offer.case.reference, MISSING))
    assert hidden.status_code == missing.status_code == 404
    assert words(hidden.content).replace(offer.case.reference, MISSING) == words(missing.content)


def words(page: bytes) -> str:
    """A page without the token that differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())


LISTS = {
    "home": ("constable", "/"),
    "team": ("sergeant", "/team/"),
    "notices": ("psd_head", "/notices/"),
    "sign-offs": ("register_owner", "/sign-offs/"),
    "sign-off": ("register_owner", "/sign-offs/NMR/gifts/"),
    "sign-off of interests": ("register_owner", "/sign-offs/NMR/business_interests/"),
    "sign-off of contacts": ("register_owner", "/sign-offs/NMR/media_contacts/"),
}


def test_no_list_asks_the_database_more_for_more_rows(world: World) -> None:
    asked: dict[int, dict[str, int]] = {}
    for rows in (10, 200):
        while Offer.objects.count() < rows:
            builders.offer_in(Status.WITH_PSD, world)
            interests.apply(world.constable, hours_a_week=Decimal(1))
            contacts.log(world.constable)
        asked[rows] = {
            page: queries(getattr(world, who), path) for page, (who, path) in LISTS.items()
        }
    assert asked[10] == asked[200]


def queries(user: User, path: str) -> int:
    client = client_of(user)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_quarter_that_is_signed_by_default_is_the_last_whole_one() -> None:
    assert quarter_before(date(2026, 11, 22)) == (date(2026, 7, 1), date(2026, 9, 30))
    assert quarter_before(date(2026, 2, 1)) == (date(2025, 10, 1), date(2025, 12, 31))
