"""What was handed over to PSD, on the desk: what waits, and how it is opened, added or set aside."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from integrity.casework import actions as casework
from integrity.casework.enums import ReferralSource
from integrity.casework.models import Referral
from integrity.people.models import User
from registers.gifts.enums import Status as OfferStatus
from registers.investigations import actions
from registers.investigations.actions.concerns import send_concern
from registers.investigations.admin.referrals import PAGE, WAITING_SHOWN
from registers.investigations.enums import Verb
from registers.investigations.models import Concern, Investigation, Lead
from registers.media_contacts import actions as press
from tests import contacts
from tests.builders import World, offer_in
from tests.investigations import open_one, perform, refer
from tests.registers.business_interests.filled import filled
from tests.registers.investigations.test_admin import case_url, signed_in, words

NOW = timezone.now()
LIST = reverse("psd:investigations-referrals")
OPEN = reverse("psd:investigations-open")


def open_path(referral: Referral) -> str:
    return f"{OPEN}?referral={referral.pk}"


def add_path(referral: Referral) -> str:
    return reverse("psd:investigations-add", args=[referral.pk])


def aside_path(referral: Referral) -> str:
    return reverse("psd:investigations-set-aside", args=[referral.pk])


def send(user: User, path: str, chosen: dict[str, Any] | None = None) -> Any:
    """Open a page, fill its form in and send it."""
    client = signed_in(user)
    page = client.get(path)
    assert page.status_code == 200, words(page)
    return client.post(path, filled(words(page), chosen or {}))


def flag(
    world: World, *, outlet: str = contacts.GAZETTE, why: str = "It named the street."
) -> Referral:
    """A possible leak that the press office flags from coverage."""
    contacts.outlets(world)
    facts = contacts.CoverageFacts(
        published_on=contacts.TODAY, headline="Raid at dawn", outlet=outlet, address="", text=""
    )
    by = world.press_officer
    coverage = press.add_coverage(facts=facts, force=world.northmoor, by=by, now=NOW)
    press.flag_coverage(coverage, why=why, by=by, now=NOW)
    return Referral.objects.latest("pk")


def about_offer(world: World, **details: Any) -> Referral:
    offer = offer_in(OfferStatus.NON_COMPLIANT, world)
    given = {"source": ReferralSource.DECISION, "about": "A fridge", "reason": "It was kept."}
    return casework.refer(offer.case, **{**given, **details}, by=world.reviewer, now=NOW)


# The page


def test_the_oldest_waits_first_with_all_that_was_said(world: World) -> None:
    newer = refer(world, about="The newer one", now=NOW - timedelta(days=1))
    older = about_offer(world)
    Referral.objects.filter(pk=older.pk).update(made_at=NOW - timedelta(days=12))
    response = signed_in(world.reviewer).get(LIST)
    lines = response.context["waiting"]
    assert [line.referral for line in lines] == [older, newer]
    since = (timezone.localdate() - timezone.localdate(NOW)).days  # midnight may have passed
    assert [line.days for line in lines] == [12 + since, 1 + since]
    page = words(response)
    for said in (
        "A fridge",
        "It was kept.",
        "Decision on an entry",
        world.reviewer.display,
        world.constable.display,
        "12 days",
        "1 day",
        "Not known",
        reverse("psd:gifts_offer_change", args=[older.case.offer.pk]),
        *(path(older) for path in (open_path, add_path, aside_path)),
    ):
        assert said in page, said


def test_what_became_of_each_stands_below(world: World) -> None:
    taken, aside, waits = (refer(world, about=about) for about in ("Taken", "Not", "Still"))
    investigation = open_one(world, referrals=[taken])
    actions.set_aside(aside, reason="It was in the public domain.", by=world.reviewer, now=NOW)
    response = signed_in(world.reviewer).get(LIST)
    assert [line.referral for line in response.context["waiting"]] == [waits]
    assert [line.referral for line in response.context["dealt"]] == [aside, taken]
    page = words(response)
    assert investigation.case.reference in page
    assert case_url(investigation) in page
    assert "Set aside: <p>It was in" in page or "Set aside: It was in" in page


def test_what_was_dealt_with_is_paged_and_queries_do_not_grow(
    world: World, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(world.reviewer)

    def fill(many: int) -> None:
        for _ in range(many):
            refer(world, person=world.colleague)
            open_one(world, referrals=[refer(world, person=world.constable), about_offer(world)])

    def read() -> int:
        with django_assert_max_num_queries(40) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    fill(2)
    few = read()
    fill(6)
    assert read() == few
    for _ in range(PAGE):
        actions.set_aside(refer(world), reason="Nothing in it.", by=world.reviewer, now=NOW)
    first, second = (client.get(LIST, {"page": page}).context["dealt"] for page in (1, 2))
    assert len(first) == PAGE
    assert {line.referral.pk for line in first}.isdisjoint(line.referral.pk for line in second)
    assert "page=2" in words(client.get(LIST))


def test_more_than_a_page_holds_says_how_many_wait(world: World) -> None:
    Referral.objects.bulk_create(
        Referral(
            force=world.northmoor,
            source=ReferralSource.PERSON,
            about=f"Number {n}",
            reason="It is so.",
            made_at=NOW,
            made_by=world.administrator,
        )
        for n in range(WAITING_SHOWN + 3)
    )
    response = signed_in(world.reviewer).get(LIST)
    assert len(response.context["waiting"]) == WAITING_SHOWN
    assert f"The oldest {WAITING_SHOWN} of {WAITING_SHOWN + 3} that wait." in words(response)


def test_an_empty_page_says_so(world: World) -> None:
    assert "Nothing waits." in words(signed_in(world.reviewer).get(LIST))


# Opening


@pytest.mark.parametrize(
    ("outlet", "kind"),
    [(contacts.GAZETTE, "local_media"), ("Daily Courier", "national_media"), ("A stranger", "")],
)
def test_a_flag_is_opened_with_nothing_typed(world: World, outlet: str, kind: str) -> None:
    referral = flag(world, outlet=outlet)
    response = send(world.reviewer, open_path(referral))
    investigation = Investigation.objects.get()
    assert response.url == case_url(investigation)
    assert investigation.title == "Possible leak: Raid at dawn"
    assert (investigation.category, investigation.sub_category) == ("disclosure", kind)
    assert investigation.source == ReferralSource.LEAK_FLAG
    assert investigation.case.subject is None
    assert investigation.case.force == world.northmoor
    assert investigation.opened_by == world.reviewer
    assert Lead.objects.get().referral == referral


@pytest.mark.parametrize("suggests", ["gratuities", "secondary_employment"])
def test_an_entry_is_opened_with_nothing_typed(world: World, suggests: str) -> None:
    referral = about_offer(world, suggests=suggests)
    assert send(world.psd_head, open_path(referral)).status_code == 302
    investigation = Investigation.objects.get()
    assert investigation.category == suggests
    assert investigation.case.subject == world.constable
    assert investigation.source == ReferralSource.DECISION
    assert investigation.case.links.get().other == referral.case


def test_what_the_referral_does_not_say_is_asked(world: World) -> None:
    referral = refer(world, about="Somebody talks")
    response = send(world.reviewer, open_path(referral))
    assert response.status_code == 422
    assert "Select the category" in words(response)
    assert not Investigation.objects.exists()
    assert send(world.reviewer, open_path(referral), {"category": "none"}).status_code == 302
    assert Investigation.objects.get().category == ""


def test_what_is_filled_in_can_be_changed(world: World) -> None:
    referral = flag(world)
    chosen = {
        "title": "Who told the Gazette?",
        "category": "media_relationship",
        "media_relationship_kind": "national_media",
        "known": "known",
        "who": world.colleague.number,
        "risks": ["harm"],
    }
    assert send(world.reviewer, open_path(referral), chosen).status_code == 302
    found = Investigation.objects.get()
    assert (found.title, found.category) == ("Who told the Gazette?", "media_relationship")
    assert (found.sub_category, found.case.subject) == ("national_media", world.colleague)
    assert (found.harm, found.evidence) == (True, False)
    assert found.case.risk == 50


def test_sending_twice_opens_once(world: World) -> None:
    referral, client = flag(world), signed_in(world.reviewer)
    data = filled(words(client.get(open_path(referral))), {})
    answers = [client.post(open_path(referral), data) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {case_url(Investigation.objects.get())}
    without = filled(words(client.get(OPEN)), {})
    assert without["key"] != data["key"], "each page has its own"


def test_whoever_comes_second_is_led_to_the_first(world: World) -> None:
    referral = flag(world)
    first = open_one(world, subject=None, referrals=[referral])
    for path in (open_path(referral), add_path(referral), aside_path(referral)):
        assert signed_in(world.reviewer).get(path)["Location"] == case_url(first)
    aside = refer(world)
    actions.set_aside(aside, reason="Nothing in it.", by=world.reviewer, now=NOW)
    for path in (open_path(aside), add_path(aside), aside_path(aside)):
        assert signed_in(world.psd_head).get(path)["Location"] == LIST


def test_several_referrals_of_one_thing_are_taken_together(world: World) -> None:
    first, same_person = about_offer(world), refer(world, person=world.constable)
    about = {"source": ReferralSource.CHALLENGE, "about": "The same fridge", "reason": "Again."}
    same_case = casework.refer(first.case, **about, by=world.reviewer, now=NOW)
    refer(world, person=world.colleague)
    page = signed_in(world.reviewer).get(open_path(first))
    offered = {referral.pk for referral in page.context["form"].fields["also"].queryset}
    assert offered == {same_person.pk, same_case.pk}
    chosen = {"category": "gratuities", "also": [str(same_case.pk), str(same_person.pk)]}
    assert send(world.reviewer, open_path(first), chosen).status_code == 302
    assert {lead.referral for lead in Investigation.objects.get().leads.all()} == {
        first,
        same_person,
        same_case,
    }
    assert (
        "also" not in signed_in(world.reviewer).get(open_path(flag(world))).context["form"].fields
    )


def test_one_is_opened_without_a_referral(world: World) -> None:
    chosen = {
        "title": "What a colleague told me",
        "category": "social_media",
        "known": "nobody",
        "place": f"force-{world.eastvale.pk}",
    }
    assert send(world.reviewer, OPEN, chosen).status_code == 302
    found = Investigation.objects.get()
    assert (found.source, found.case.force) == (ReferralSource.PERSON, world.eastvale)
    missing = send(world.reviewer, OPEN)
    for sentence in (
        "Answer ‘Which force or body?’",
        "Say in a line what it is about",
        "Select the category",
        "Say whom it is about, or that nobody is known yet",
    ):
        assert sentence in words(missing), sentence
    assert missing.status_code == 422


def test_psd_of_one_force_is_not_asked_which(world: World) -> None:
    chosen = {
        "title": "Something",
        "category": "none",
        "known": "known",
        "who": world.harbour_constable.number,
    }
    assert send(world.harbour_reviewer, OPEN, chosen).status_code == 302
    found = Investigation.objects.get()
    assert (found.case.force, found.case.subject) == (world.harbour, world.harbour_constable)


def test_an_oversight_bodys_own(world: World) -> None:
    chosen = {
        "title": "A member’s lunch",
        "category": "gratuities",
        "known": "known",
        "who": world.body_member.last_name + " " + world.body_member.first_name,
        "place": f"oversightbody-{world.body.pk}",
    }
    assert send(world.psd_head, OPEN, chosen).status_code == 302
    assert Investigation.objects.get().case.oversight_body == world.body


@pytest.mark.parametrize("wrong", ["abc", "", "0", "99999999999999999999", "²"])
def test_no_such_referral(world: World, wrong: str) -> None:
    client = signed_in(world.reviewer)
    assert client.get(OPEN, {"referral": wrong}).status_code == 404
    assert client.post(f"{OPEN}?referral={wrong}", {}).status_code == 404


def test_nobody_opens_one_of_their_own_team(world: World) -> None:
    """The head of PSD manages the reviewer; the refusal is a sentence, and nothing is opened."""
    chosen = {
        "title": "Something",
        "category": "none",
        "known": "known",
        "who": world.reviewer.number,
        "place": f"force-{world.northmoor.pk}",
    }
    response = send(world.psd_head, OPEN, chosen)
    assert response.status_code == 403
    assert "ask somebody else in PSD" in words(response)
    assert not Investigation.objects.exists()


# Adding and setting aside


def test_a_referral_is_added_to_the_likely_one(world: World) -> None:
    other = open_one(world, subject=world.colleague)
    same = open_one(world)
    open_one(world, home=world.eastvale, subject=None)
    referral = refer(world, person=world.constable)
    page = signed_in(world.reviewer).get(add_path(referral))
    values = [value for value, _ in page.context["form"].fields["which"].choices]
    assert values == [str(same.pk), str(other.pk), "other"]
    assert send(world.reviewer, add_path(referral), {"which": str(same.pk)}).status_code == 302
    assert same.leads.get().referral == referral


def test_another_is_found_by_its_reference(world: World) -> None:
    investigation, elsewhere = open_one(world), open_one(world, home=world.eastvale, subject=None)
    closed = perform(Verb.CLOSE, open_one(world), by=world.other_reviewer, in_world=world)
    referral = refer(world)
    for wrong in (elsewhere, closed):
        chosen = {"which": "other", "reference": wrong.case.reference}
        refused = send(world.reviewer, add_path(referral), chosen)
        assert refused.status_code == 422
        assert "No open investigation there has this reference" in words(refused)
    chosen = {"which": "other", "reference": f" {investigation.case.reference.lower()} "}
    assert send(world.reviewer, add_path(referral), chosen).status_code == 302
    assert investigation.leads.get().referral == referral


def test_where_none_is_open_the_page_says_so(world: World) -> None:
    page = words(signed_in(world.reviewer).get(add_path(refer(world))))
    assert "No investigation of Northmoor Police is open." in page


def test_a_referral_is_set_aside_with_its_reason(world: World) -> None:
    referral = refer(world)
    missing = send(world.reviewer, aside_path(referral))
    assert missing.status_code == 422
    response = send(world.reviewer, aside_path(referral), {"reason": "It was published before."})
    assert response.url == LIST
    lead = Lead.objects.get()
    assert (lead.referral, lead.set_aside_because) == (referral, "It was published before.")
    assert lead.dealt_by == world.reviewer


def test_an_anonymous_concern_names_nobody(world: World) -> None:
    send_concern(force=world.northmoor, text="Look at who wins the contracts.", now=NOW)
    page = words(signed_in(world.reviewer).get(LIST))
    for said in ("Nobody gave a name", "Anonymous report", "Read all of it, and the replies"):
        assert said in page, said
    assert reverse("psd:investigations-concern", args=[Concern.objects.get().pk]) in page
