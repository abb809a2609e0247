"""Investigations on the PSD desk: for whom they exist, what stands in each queue, the case page, the verbs."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework.models import Case, Notice, Referral
from integrity.people.enums import Role
from integrity.people.models import User
from registers.gifts.enums import Status as OfferStatus
from registers.investigations import actions
from registers.investigations.admin.investigations import DESK_VERBS
from registers.investigations.enums import (
    Category,
    Outcome,
    RestrictionKind,
    Status,
    SubCategory,
    Verb,
)
from registers.investigations.models import (
    ExternalReferral,
    Investigation,
    InvestigationPolicy,
    Restriction,
    SocialMediaPost,
)
from registers.investigations.queues import QUEUES
from registers.investigations.workflow import TRANSITIONS
from tests import builders
from tests.builders import World, grant, offer_in
from tests.integrity.casework.test_desk import filled as filled_row
from tests.investigations import fresh, investigation_policy, open_one, perform, post_facts, refer
from tests.registers.business_interests.filled import filled

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
LIST = reverse("psd:investigations_investigation_changelist")
REFERRALS = reverse("psd:investigations-referrals")
OPEN = reverse("psd:investigations-open")
FIGURES = reverse("psd:investigations-figures")
FILE = reverse("psd:investigations-figures-file")
PEOPLE = reverse("psd:investigations-people")
POLICIES = reverse("psd:investigations_investigationpolicy_changelist")
INDEX = reverse("psd:index")


def signed_in(user: User) -> Client:
    client = Client()
    backend = "integrity.people.backends.ServingMemberBackend"
    client.force_login(builders.read_anew(user), backend=backend)
    return client


def case_url(investigation: Investigation) -> str:
    return reverse("psd:investigations_investigation_change", args=[investigation.pk])


def verb_url(investigation: Investigation, verb: str) -> str:
    return reverse("psd:investigations_investigation_verb", args=[investigation.pk, verb])


def words(response: Any) -> str:
    return response.content.decode()


def listed(client: Client, queue: str = "all", **more: str) -> set[Investigation]:
    response = client.get(LIST, {"queue": queue, **more})
    assert response.status_code == 200
    return set(response.context["cl"].queryset)


def opened(world: World, *, at: Any = NOW, **details: Any) -> Investigation:
    """An investigation by the real clock, as queues are read by it."""
    return open_one(world, now=at, **details)


def then(verb: Verb, investigation: Investigation, world: World, **details: Any) -> Investigation:
    details = {"by": world.other_reviewer, "now": NOW, **details}
    return perform(verb, investigation, in_world=world, **details)


def send(
    user: User, investigation: Investigation, verb: Verb, chosen: dict[str, Any] | None = None
) -> Any:
    """Open the verb’s page, fill it in and send it."""
    client, path = signed_in(user), verb_url(investigation, verb)
    page = client.get(path)
    assert page.status_code == 200, words(page)
    return client.post(path, filled(words(page), chosen or {}))


def on(name: str, day: date) -> dict[str, str]:
    """A date in its three boxes."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


# For whom the register exists at all

OUTSIDERS = (
    "constable",
    "sergeant",
    "administrator",
    "inspector",
    "register_owner",
    "governance_member",
    "press_officer",
)


def urls_of(investigation: Investigation, referral: Referral) -> Iterable[str]:
    yield from (LIST, REFERRALS, OPEN, FIGURES, FILE, PEOPLE, f"{OPEN}?referral={referral.pk}")
    yield case_url(investigation)
    yield reverse("psd:investigations_investigation_original", args=[investigation.pk])
    for verb in (*DESK_VERBS, "unheard-of"):
        yield verb_url(investigation, verb)
    yield reverse("psd:investigations-add", args=[referral.pk])
    yield reverse("psd:investigations-set-aside", args=[referral.pk])


@pytest.mark.parametrize("who", OUTSIDERS)
def test_for_others_there_is_no_such_page(world: World, who: str) -> None:
    investigation, referral = opened(world), refer(world)
    user = getattr(world, who)
    client = signed_in(user)
    for url in urls_of(investigation, referral):
        assert client.get(url).status_code == 404, url
        assert client.post(url, {}).status_code in (404, 405), url
    assert fresh(investigation).status == Status.CONTINUING
    first = client.get(INDEX)
    if first.status_code == 200:
        names = {register.name for register in first.context["registers"]}
        pages = {page.name for page, _ in first.context["pages"]}
        assert "Integrity investigations" not in names
        assert not [name for name in pages if name.startswith("investigations")]
        for url in (LIST, REFERRALS, OPEN, FIGURES):
            assert f'"{url}"' not in words(first)


def test_another_forces_psd_finds_none_of_it(world: World) -> None:
    investigation, referral = opened(world), refer(world)
    client = signed_in(world.harbour_reviewer)
    assert listed(client) == set()
    about_them = [case_url(investigation), *(verb_url(investigation, v) for v in DESK_VERBS)]
    about_them += [reverse("psd:investigations-add", args=[referral.pk])]
    about_them += [f"{OPEN}?referral={referral.pk}"]
    for url in about_them:
        assert client.get(url).status_code == 404, url
        assert client.post(url, {}).status_code in (404, 405), url
    assert referral.about not in words(client.get(REFERRALS))


@pytest.fixture(params=["subject", "manager"])
def kept_from(request: Any, world: World) -> User:
    """Somebody in PSD who may not know of the investigation of the fixture below."""
    who = world.constable if request.param == "subject" else world.sergeant
    grant(who, Role.PSD_REVIEWER, department=world.alliance_psd)
    return who


def test_the_subject_and_their_manager_in_psd_learn_nothing(world: World, kept_from: User) -> None:
    """They have a desk like everybody in PSD: as it would be without the investigation."""
    referral = refer(world, person=world.constable, about="He rang the paper")
    unknown = refer(world, about="A leak of the raid", person=None)
    client = signed_in(kept_from)
    before = counted(client)
    taken = opened(world, title="Secret thing", referrals=[referral])
    later = opened(world, title="Other secret", subject=None, referrals=[unknown])
    later = then(Verb.IDENTIFY, later, world, subject=world.constable)
    for each in (taken, later):
        then(Verb.SUSPEND, each, world)
        then(Verb.ASSIGN, each, world, owner=world.other_reviewer)
    Notice.objects.update(failure="The server refused it")
    after = counted(client)
    assert after == before
    assert listed(client) == set()
    assert listed(client, q="Secret") == set()
    assert listed(client, q=taken.case.reference) == set()
    for url in (LIST, INDEX, REFERRALS, FIGURES, f"{FIGURES}?period=ever", FILE):
        page = words(client.get(url))
        for betrays in (taken.case.reference, later.case.reference, "ecret", "He rang the paper"):
            assert betrays not in page, (url, betrays)
    for each in (taken, later):
        for url in (case_url(each), *(verb_url(each, verb) for verb in DESK_VERBS)):
            assert client.get(url).status_code == 404, url
            assert client.post(url, {}).status_code in (404, 405), url
    assert client.get(f"{OPEN}?referral={referral.pk}").status_code == 404
    assert client.get(reverse("psd:investigations-add", args=[referral.pk])).status_code == 404
    other = signed_in(world.reviewer)
    assert {taken, later} <= listed(other)


def counted(client: Client) -> Any:
    """Every number that the desk shows, but for the two referrals that wait or are dealt with."""
    registers = {each.name: each.queues for each in client.get(INDEX).context["registers"]}
    queues = [(queue.label, queue.count) for queue in registers["Integrity investigations"]]
    figures = client.get(FIGURES, {"period": "ever"}).context["tables"]
    return queues, [(table.caption, list(table.rows)) for table in figures]


def test_an_inspector_by_grant_reads_and_changes_nothing(world: World) -> None:
    referral = refer(world)
    investigation = opened(world, referrals=[refer(world, about="It was in the paper")])
    client = signed_in(world.investigation_inspector)
    assert listed(client) == {investigation}
    page = client.get(case_url(investigation))
    assert page.status_code == 200
    assert page.context["verbs"] == page.context["refused"] == []
    assert "It was in the paper" in words(page)
    for verb in DESK_VERBS:
        assert client.get(verb_url(investigation, verb)).status_code == 403, verb
        assert client.post(verb_url(investigation, verb), {}).status_code in (403, 409), verb
    waiting = words(client.get(REFERRALS))
    assert referral.about in waiting
    assert "Set aside" not in waiting
    assert client.get(FIGURES).status_code == 200
    for url in (OPEN, PEOPLE, reverse("psd:investigations-set-aside", args=[referral.pk])):
        assert client.get(url).status_code == 404, url
    assert not client.get(LIST).context["cl"].formset
    assert "assign_to_me" not in words(client.get(LIST))


def test_a_look_is_recorded(world: World) -> None:
    investigation = opened(world)
    signed_in(world.investigation_inspector).get(case_url(investigation))
    event = Event.objects.filter(about="case", about_id=investigation.case_id).latest("pk")
    assert (event.name, event.actor_id) == ("entry viewed", world.investigation_inspector.pk)
    assert event.audience == "psd"


# Queues


@pytest.fixture
def everything(world: World) -> World:
    """Something in every queue, by the real clock."""
    ago = NOW - timedelta(days=60)
    opened(world)
    opened(world, subject=None, category=Category.PROCUREMENT)
    then(Verb.ASSIGN, opened(world, harm=True), world, owner=world.reviewer)
    then(Verb.ASSIGN, opened(world, subject=world.colleague), world)
    then(Verb.REFER_OUT, opened(world), world, referred_on=TODAY)
    then(Verb.CLOSE, opened(world), world, outcome_on=TODAY)
    then(Verb.CLOSE, opened(world), world, outcome_on=TODAY, lessons="")
    suspended = then(Verb.SUSPEND, opened(world), world, from_on=TODAY)
    then(Verb.CLOSE, suspended, world, outcome_on=TODAY, lessons="")
    ended = then(Verb.SUSPEND, opened(world), world, from_on=TODAY - timedelta(days=9))
    then(Verb.END_RESTRICTION, ended, world, to_on=TODAY - timedelta(days=2))
    then(Verb.SUSPEND, opened(world), world, from_on=TODAY + timedelta(days=9))
    long_ago = opened(world, at=ago)
    facts = post_facts(found_on=ago.date())
    actions.record_post(long_ago, facts=facts, by=world.other_reviewer, now=ago, version=None)
    then(Verb.RECORD_POST, opened(world), world, facts=post_facts(found_on=TODAY))
    opened(world, by=world.harbour_reviewer, home=world.harbour, subject=world.harbour_constable)
    return world


def is_open(investigation: Investigation) -> bool:
    return investigation.status != "closed"


def is_restricted(investigation: Investigation) -> bool:
    found = Restriction.objects.filter(investigation=investigation)
    return any(r.from_on <= TODAY and (r.to_on is None or r.to_on >= TODAY) for r in found)


def is_due(investigation: Investigation) -> bool:
    found = SocialMediaPost.objects.filter(investigation=investigation, gone_on=None)
    return any(post.next_check_on and post.next_check_on <= TODAY for post in found)


ORACLE: dict[str, Callable[[Investigation, User], bool]] = {
    "todo": lambda i, user: is_open(i) and i.case.owner in (None, user),
    "mine": lambda i, user: is_open(i) and i.case.owner == user,
    "nobodys": lambda i, user: is_open(i) and i.case.owner is None,
    "continuing": lambda i, user: i.status == "continuing",
    "referred": lambda i, user: i.status == "referred",
    "restricted": lambda i, user: is_restricted(i),
    "look_again": lambda i, user: is_due(i),
    "unknown": lambda i, user: is_open(i) and i.case.subject is None,
    "uncategorised": lambda i, user: is_open(i) and not i.category,
    "closed": lambda i, user: i.status == "closed",
    "lessons": lambda i, user: bool(i.lessons),
    "all": lambda i, user: True,
}


def expected(slug: str, user: User, world: World) -> set[Investigation]:
    found = Investigation.objects.select_related("case").filter(case__force=world.northmoor)
    return {each for each in found if ORACLE[slug](each, user)}


def test_each_queue_holds_its_own(everything: World) -> None:
    assert {queue.slug for queue in QUEUES} == set(ORACLE)
    for who in ("reviewer", "other_reviewer", "psd_head", "investigation_inspector"):
        user = getattr(everything, who)
        client = signed_in(user)
        for slug in ORACLE:
            assert listed(client, slug) == expected(slug, user, everything), (who, slug)


def test_no_queue_is_empty_and_each_is_counted(everything: World) -> None:
    response = signed_in(everything.reviewer).get(INDEX)
    registers = {each.name: each for each in response.context["registers"]}
    queues = registers["Integrity investigations"].queues
    counts = {queue.path.split("=")[1]: queue.count for queue in queues}
    assert counts == {slug: len(expected(slug, everything.reviewer, everything)) for slug in ORACLE}
    assert all(counts.values()), counts


def test_the_riskiest_stands_first_then_what_is_due(everything: World) -> None:
    rows = list(signed_in(everything.reviewer).get(LIST).context["cl"].queryset)
    order = [(-row.case.risk, row.due or date.max) for row in rows]
    assert order == sorted(order)
    assert len({row.case.risk for row in rows}) > 1


def test_a_search_looks_in_every_queue(world: World) -> None:
    found = then(Verb.CLOSE, opened(world, title="The fleet contract"), world, outcome_on=TODAY)
    opened(world, subject=world.colleague, title="Another")
    for text in ("fleet contract", found.case.reference, world.constable.last_name):
        response = signed_in(world.reviewer).get(LIST, {"q": text})
        assert list(response.context["cl"].queryset) == [found], text


def test_a_row_says_what_and_whom(world: World) -> None:
    opened(world, subject=None, title="Someone told the Gazette")
    then(Verb.CLASSIFY, opened(world), world)
    page = words(signed_in(world.reviewer).get(LIST))
    for text in (
        "Someone told the Gazette",
        "Not known",
        "Not categorised",
        "Disclosure of information: To or with the local media",
        world.constable.display,
        "Continuing",
    ):
        assert text in page


def test_cases_are_assigned_in_bulk(world: World) -> None:
    first, second = opened(world), opened(world, subject=world.colleague)
    client = signed_in(world.reviewer)
    data = {"action": "assign_to_me", "_selected_action": [first.pk, second.pk]}
    data |= {f"version_{each.pk}": each.case.version for each in (first, second)}
    assert client.post(LIST, data).status_code == 302
    assert {fresh(each).case.owner for each in (first, second)} == {world.reviewer}


def test_queries_do_not_grow_with_the_rows(
    world: World, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(world.reviewer)
    found = opened(world)

    def read(path: str) -> int:
        with django_assert_max_num_queries(60) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    def fill() -> None:
        for _ in range(4):
            then(Verb.SUSPEND, opened(world), world)
            perform_post(found)
            actions.add_referral(
                fresh(found),
                referral=refer(world, person=world.colleague),
                by=world.other_reviewer,
                now=NOW,
                version=None,
            )

    def perform_post(investigation: Investigation) -> None:
        facts = post_facts(found_on=TODAY)
        actions.record_post(
            investigation, facts=facts, by=world.other_reviewer, now=NOW, version=None
        )

    fill()
    paths = (f"{LIST}?queue=all", case_url(found))
    few = [read(path) for path in paths]
    fill()
    assert [read(path) for path in paths] == few


# The case page


def test_the_page_shows_what_led_to_it_and_where_it_stands(world: World) -> None:
    offer = offer_in(OfferStatus.NON_COMPLIANT, world)
    from integrity.casework import actions as casework

    about_offer = casework.refer(
        offer.case,
        source="decision",
        about="A fridge from a bidder",
        reason="It was kept at home.",
        by=world.reviewer,
        now=NOW,
    )
    other = opened(world, title="An older matter")
    investigation = opened(
        world,
        title="The fridge",
        referrals=[about_offer],
        category=Category.DISCLOSURE,
        sub_category=SubCategory.CRIMINALS,
        harm=True,
    )
    investigation = then(Verb.SUSPEND, investigation, world, kind=RestrictionKind.SUSPENDED)
    investigation = then(Verb.REFER_OUT, investigation, world, referred_on=TODAY, body="The IOPC")
    investigation = then(Verb.RETURN, investigation, world, returned_on=TODAY)
    investigation = then(
        Verb.RECORD_POST, investigation, world, facts=post_facts(found_on=TODAY, account="@pc99")
    )
    investigation = then(Verb.RECHECK, investigation, world)
    then(Verb.CLOSE, investigation, world, outcome_on=TODAY, lessons="Ask before you keep it.")
    page = signed_in(world.reviewer).get(case_url(investigation))
    text = words(page)
    for said in (
        "The fridge",
        "Disclosure of information: To criminals",
        "It was kept at home.",
        "Decision on an entry",
        reverse("psd:gifts_offer_change", args=[offer.pk]),
        "Suspended",
        "The IOPC",
        "@pc99",
        "Ask before you keep it.",
        "Management advice or warning",
        other.case.reference,
        "Belongs with",
        "In other registers",
    ):
        assert said in text, said
    points = {each.factor: each.points for each in page.context["score"]}
    assert points["Somebody may come to harm"] == 50
    assert sum(points.values()) == page.context["score_total"]
    assert page.context["score_total"] == fresh(investigation).case.risk


def test_what_is_about_the_readers_own_is_left_out(world: World) -> None:
    """A second referral, about somebody whom the reader manages, led to an investigation of a third."""
    theirs = refer(world, person=world.reviewer, about="About the reader’s own team")
    plain = refer(world, about="About the constable", person=world.constable)
    investigation = opened(world, referrals=[plain, theirs])
    page = words(signed_in(world.psd_head).get(case_url(investigation)))
    assert "About the constable" in page
    assert "own team" not in page
    assert len(signed_in(world.psd_head).get(case_url(investigation)).context["causes"]) == 1
    assert len(signed_in(world.other_reviewer).get(case_url(investigation)).context["causes"]) == 2


def test_the_link_to_an_entry_is_for_whoever_may_open_it(world: World) -> None:
    offer = offer_in(OfferStatus.NON_COMPLIANT, world)
    from integrity.casework import actions as casework

    referral = casework.refer(
        offer.case, source="decision", about="A gift", reason="Kept.", by=world.reviewer, now=NOW
    )
    investigation = opened(world, referrals=[referral])
    link = reverse("psd:gifts_offer_change", args=[offer.pk])
    assert link in words(signed_in(world.reviewer).get(case_url(investigation)))
    assert link not in words(signed_in(world.investigation_inspector).get(case_url(investigation)))


# The verbs


def test_every_verb_but_opening_has_a_form() -> None:
    assert {row.verb for row in TRANSITIONS if not row.begins} == DESK_VERBS


def test_each_form_drives_its_action(world: World) -> None:
    """One investigation through every verb, as a browser would send each form."""
    investigation = opened(world)
    by, referral = world.other_reviewer, refer(world)
    day = TODAY - timedelta(days=1)
    why = {"reason": "Because."}
    sent: list[tuple[Verb, dict[str, Any]]] = [
        (Verb.ASSIGN, {"owner": by.pk}),
        (Verb.CLASSIFY, {"category": "disclosure", "disclosure_kind": "others"}),
        (Verb.IDENTIFY, {"known": "known", "who": world.colleague.number}),
        (Verb.ASSESS, {"risks": ["harm", "evidence"]}),
        (Verb.ADD_REFERRAL, {"referral": referral.pk}),
        (Verb.SUSPEND, {"kind": "suspended", **on("from_on", day), **why}),
        (Verb.END_RESTRICTION, on("to_on", TODAY)),
        (
            Verb.REFER_OUT,
            {"body": "IOPC", "external_reference": "7/26", **on("referred_on", day), **why},
        ),
        (Verb.RETURN, {**on("returned_on", day), **why}),
        (
            Verb.RECORD_POST,
            {
                "platform": "facebook",
                "account": "Casey",
                "behaviour": "offensive",
                "address": "example.org/1",
                **on("found_on", day),
            },
        ),
        (Verb.RECHECK, {"still_there": "no", "note": "Taken down."}),
        (Verb.CLOSE, {"outcome": "advice", "lessons": "Ask.", **on("outcome_on", TODAY), **why}),
        (Verb.REOPEN, why),
    ]
    assert {verb for verb, _ in sent} == DESK_VERBS
    for verb, chosen in sent:
        response = send(by, investigation, verb, chosen)
        assert response.status_code == 302, (verb, words(response))
        done = Event.objects.filter(about="case", about_id=investigation.case_id).latest("pk")
        assert done.name == TRANSITIONS[verb].event
        if verb == Verb.CLOSE:
            closed = fresh(investigation)
            assert (closed.outcome, closed.outcome_on) == (Outcome.ADVICE, TODAY)
            assert closed.lessons == "Ask."
    now = fresh(investigation)
    assert (now.category, now.sub_category) == ("disclosure", "others")
    assert (now.still_has_access, now.harm, now.evidence) == (False, True, True)
    assert (now.case.subject, now.case.owner) == (world.colleague, by)
    assert (now.status, now.outcome) == (Status.CONTINUING, "")
    assert ExternalReferral.objects.get().external_reference == "7/26"
    post = SocialMediaPost.objects.get()
    assert (post.address, post.gone_on) == ("https://example.org/1", timezone.localdate())


def test_only_those_who_may_own_it_are_offered(world: World) -> None:
    """Not the head of PSD, whose deputy chief is in the line of the investigation’s subject."""
    investigation = opened(world, subject=world.register_owner)
    grant(world.deputy_chief, Role.PSD_REVIEWER, department=world.alliance_psd)
    page = words(signed_in(world.other_reviewer).get(verb_url(investigation, Verb.ASSIGN)))
    assert world.reviewer.display in page
    assert world.deputy_chief.display not in page


def test_the_kinds_are_those_of_the_category(world: World) -> None:
    """The kind of a category that is not chosen counts for nothing; it may stay open."""
    investigation = opened(world)
    chosen = {
        "category": "media_relationship",
        "media_relationship_kind": "none",
        "disclosure_kind": "criminals",
    }
    assert send(world.reviewer, investigation, Verb.CLASSIFY, chosen).status_code == 302
    now = fresh(investigation)
    assert (now.category, now.sub_category) == ("media_relationship", "")
    missing = send(world.reviewer, now, Verb.CLASSIFY, {"category": "disclosure"})
    assert missing.status_code == 422
    assert send(world.reviewer, now, Verb.CLASSIFY, {"category": "none"}).status_code == 302
    assert fresh(investigation).category == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Nobody At All", "Nobody of Northmoor Police has this name"),
        ("constable", ""),
        ("PC", "Several people fit: PC"),
        ("N", "More than 5 people"),
        ("harbour", "Nobody of Northmoor Police"),
        ("", "Enter the name or number"),
    ],
)
def test_somebody_is_found_by_name_or_number(world: World, typed: str, sentence: str) -> None:
    investigation = opened(world, subject=None)
    chosen = {"known": "known", "who": typed}
    response = send(world.other_reviewer, investigation, Verb.IDENTIFY, chosen)
    if sentence:
        assert response.status_code == 422
        assert sentence in words(response)
    else:
        assert fresh(investigation).case.subject == world.constable


def test_nobody_is_known_after_all(world: World) -> None:
    investigation = opened(world)
    chosen = {"known": "nobody", "who": world.constable.display}
    assert send(world.other_reviewer, investigation, Verb.IDENTIFY, chosen).status_code == 302
    assert fresh(investigation).case.subject_name == "Not known"


def test_what_a_suggestion_says_finds_the_person(world: World) -> None:
    client = signed_in(world.other_reviewer)
    for person in (world.constable, world.sergeant, world.chief):
        names = [
            each["name"] for each in client.get(PEOPLE, {"q": person.last_name}).json()["results"]
        ]
        assert person.display in names
        investigation = opened(world, subject=None)
        chosen = {"known": "known", "who": person.display}
        assert send(world.other_reviewer, investigation, Verb.IDENTIFY, chosen).status_code == 302
        assert fresh(investigation).case.subject == person
    assert client.get(PEOPLE, {"q": "harbour"}).json() == {"results": []}
    assert client.get(PEOPLE, {"q": "c"}).json() == {"results": []}


def test_no_referral_to_add_is_said_beside_the_button(world: World) -> None:
    investigation = opened(world)
    refer(world, force=world.eastvale, by=world.other_reviewer)
    page = signed_in(world.reviewer).get(case_url(investigation))
    refused = {link.label: link.refusal for link in page.context["refused"]}
    assert refused["Add a referral"] == "No referral of the same force or body waits."
    path = verb_url(investigation, Verb.ADD_REFERRAL)
    assert signed_in(world.reviewer).get(path).status_code == 403


def test_one_of_several_is_asked_for(world: World) -> None:
    investigation = then(Verb.SUSPEND, opened(world), world, kind=RestrictionKind.SUSPENDED)
    investigation = then(Verb.SUSPEND, investigation, world, kind=RestrictionKind.RESTRICTED)
    missing = send(world.reviewer, investigation, Verb.END_RESTRICTION, on("to_on", TODAY))
    assert missing.status_code == 422
    which = Restriction.objects.get(kind=RestrictionKind.SUSPENDED)
    chosen = {"restriction": which.pk, **on("to_on", TODAY)}
    assert send(world.reviewer, investigation, Verb.END_RESTRICTION, chosen).status_code == 302
    assert Restriction.objects.get(ended_at=None).kind == RestrictionKind.RESTRICTED


def test_a_stale_form_is_refused(world: World) -> None:
    investigation = opened(world)
    client, path = signed_in(world.reviewer), verb_url(investigation, Verb.ASSESS)
    drawn = filled(words(client.get(path)), {"risks": ["harm"]})
    then(Verb.ASSESS, investigation, world)
    assert client.post(path, drawn).status_code == 409
    assert not fresh(investigation).harm


# The policy


@pytest.mark.parametrize("who", ["reviewer", "psd_head", "administrator", "inspector"])
def test_that_there_is_a_policy_is_no_secret(world: World, who: str) -> None:
    policy = InvestigationPolicy.objects.get(department=world.alliance_psd)
    path = reverse("psd:investigations_investigationpolicy_change", args=[policy.pk])
    client = signed_in(getattr(world, who))
    assert client.get(POLICIES).status_code == 200
    before = words(client.get(path))
    assert "Integrity investigations" in before
    opened(world)
    then(Verb.CLOSE, opened(world), world, outcome_on=TODAY)
    assert "This row is in force; add a new one with a later date." in words(client.get(path))
    assert len(words(client.get(path))) == len(before), "it does not betray what was opened"


@pytest.mark.parametrize("who", ["constable", "press_officer", "investigation_inspector"])
def test_others_read_no_policy_row(world: World, who: str) -> None:
    assert signed_in(getattr(world, who)).get(POLICIES).status_code in (403, 404)


def test_a_coming_row_begins_as_a_copy_with_its_weights(world: World) -> None:
    client = signed_in(world.psd_head)
    own = investigation_policy(force=world.northmoor)
    add = f"{reverse('psd:investigations_investigationpolicy_add')}?copy={own.pk}"
    data = filled_row(client.get(add)) | {"effective_from": TODAY + timedelta(days=30)}
    assert client.post(add, data).status_code == 302
    copy = InvestigationPolicy.objects.latest("pk")
    assert copy.weights.count() == own.weights.count() > 0
    path = reverse("psd:investigations_investigationpolicy_change", args=[copy.pk])
    assert 'name="recheck_days"' in words(client.get(path))
    fixed = reverse("psd:investigations_investigationpolicy_change", args=[own.pk])
    assert client.post(fixed, {}).status_code == 403


def test_no_confidential_case_is_about_anybody_else(world: World) -> None:
    """So that the tests above speak of cases as they are."""
    opened(world)
    assert Case.objects.get(register="investigations").confidential
