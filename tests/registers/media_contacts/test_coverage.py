"""Coverage on the desk: kept, searched, flagged, put on the list; and whom it quotes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrity.casework.models import Referral
from integrity.people.models import User
from registers.media_contacts import actions
from registers.media_contacts.compliance import named_in
from registers.media_contacts.enums import Verb
from registers.media_contacts.models import (
    Coverage,
    CoverageLink,
    LeakFlag,
    MeetingItem,
    Quotation,
)
from tests import contacts
from tests.builders import NOW, TODAY, World, person
from tests.contacts import COVERAGE
from tests.registers.media_contacts.press_desk import (
    does_not_grow,
    opens_for,
    path,
    signed_in,
    words,
)

pytestmark = pytest.mark.django_db
READERS = {"press", "psd", "inspector"}
LIST, QUOTED = path("media-coverage"), path("media-quoted")


@pytest.fixture
def brook(world: World) -> User:
    """Whom the coverage quotes: PC 4417 Casey Brook."""
    return person(
        "casey", first_name="Casey", last_name="Brook", number="4417", force=world.northmoor,
        grade=world.constable.grade,
    )  # fmt: skip


def kept(world: World, **details: Any) -> Coverage:
    facts = replace(COVERAGE, **details)
    return actions.add_coverage(facts=facts, force=world.northmoor, by=world.press_officer, now=NOW)


def typed(**more: Any) -> dict[str, Any]:
    return {
        "headline": COVERAGE.headline,
        "outlet": COVERAGE.outlet,
        "address": COVERAGE.address,
        "published_on": str(COVERAGE.published_on),
        "text": COVERAGE.text,
        **more,
    }


def test_who_reads_coverage(world: World) -> None:
    assert opens_for(world, LIST) == {*READERS, "harbour press", "eastvale press"}


def test_who_reads_one_forces_coverage(world: World) -> None:
    coverage = kept(world)
    assert opens_for(world, path("media-coverage-one", coverage.pk)) == READERS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("media-coverage-add", {"press", "harbour press", "eastvale press"}),
        ("media-quoted", {"press", "harbour press", "eastvale press"}),
    ],
)
def test_who_adds_coverage(world: World, name: str, expected: set[str]) -> None:
    assert opens_for(world, path(name)) == expected


@pytest.mark.parametrize(
    ("verb", "expected"), [("flag", {"press"}), ("list", {"press", "psd"}), ("burn", set())]
)
def test_who_flags_and_lists(world: World, verb: str, expected: set[str]) -> None:
    assert opens_for(world, path("media-coverage-verb", kept(world).pk, verb)) == expected


def test_the_list_is_newest_first_and_searched(world: World) -> None:
    kept(world)
    kept(world, headline="Older", address="", published_on=TODAY - timedelta(days=9), outlet="")
    client = signed_in(world.press_officer)
    page = words(client.get(LIST))
    assert page.index(COVERAGE.headline) < page.index("Older")
    assert "Older" not in words(client.get(LIST, {"q": "gazette"}))
    assert "No coverage mentions" in words(client.get(LIST, {"q": "hovercraft"}))


def test_coverage_is_added_once_by_its_address(world: World) -> None:
    client = signed_in(world.press_officer)
    for _ in range(2):
        response = client.post(path("media-coverage-add"), typed())
        assert response["Location"] == path("media-coverage-one", Coverage.objects.get().pk)
    refused = client.post(path("media-coverage-add"), typed(headline="", published_on=""))
    assert refused.status_code == 422
    assert Coverage.objects.count() == 1


def test_its_page_shows_contacts_quotes_and_flags(world: World, brook: User) -> None:
    contact = contacts.log(world.constable)
    contacts.perform(Verb.LINK_COVERAGE, contact, by=world.press_officer)
    coverage = Coverage.objects.get()
    actions.keep_quotations(
        coverage, found={world.constable: contact, brook: None}, by=world.press_officer, now=NOW
    )
    actions.flag_coverage(coverage, why="It names the witness.", by=world.press_officer, now=NOW)
    url = path("media-coverage-one", coverage.pk)
    page = words(signed_in(world.press_officer).get(url))
    assert page.count(contact.case.reference) >= 2
    assert "No contact logged" in page
    assert f"officer={brook.pk}&amp;about=Bikes" in page
    assert "It names the witness." in page
    assert "It names the witness." in words(signed_in(world.reviewer).get(url))
    inspectors = words(signed_in(world.inspector).get(url))
    assert contact.case.reference in inspectors
    assert "witness" not in inspectors
    assert "leak" not in inspectors.lower()


def test_a_flag_of_a_reader_s_own_contact_is_not_shown_to_them(world: World) -> None:
    contact = contacts.log(world.press_officer)
    contacts.perform(Verb.LINK_COVERAGE, contact, by=world.press_colleague)
    coverage = Coverage.objects.get()
    contacts.perform(
        Verb.FLAG_LEAK, contact, by=world.press_colleague, coverage=coverage, why="It was secret."
    )
    url = path("media-coverage-one", coverage.pk)
    assert "It was secret." in words(signed_in(world.press_colleague).get(url))
    assert "It was secret." not in words(signed_in(world.press_officer).get(url))


def test_coverage_is_flagged_and_says_that_only_psd_is_told(world: World) -> None:
    coverage = kept(world)
    url = path("media-coverage-verb", coverage.pk, "flag")
    client = signed_in(world.press_officer)
    assert "Only PSD is told" in words(client.get(url))
    assert client.post(url, {"text": ""}).status_code == 422
    assert client.post(url, {"text": "It names the witness."}).status_code == 302
    assert LeakFlag.objects.get().why == "It names the witness."
    assert Referral.objects.get().case is None
    again = client.post(url, {"text": "It names the witness."})
    assert again.status_code == 422
    assert "flagged for that reason already" in words(again)
    page = words(client.get(path("media-coverage-one", coverage.pk)))
    assert "investigat" not in page.lower()
    assert "referr" not in page.lower().replace("noreferrer", "")


def test_coverage_is_put_on_the_list(world: World) -> None:
    coverage = kept(world)
    url = path("media-coverage-verb", coverage.pk, "list")
    for user in (world.press_officer, world.reviewer):
        signed_in(user).post(url, {"text": "Who answers them?"})
    assert MeetingItem.objects.filter(coverage=coverage).count() == 2
    flags = path("media-coverage-verb", coverage.pk, "flag")
    assert signed_in(world.reviewer).post(flags, {"text": "x"}).status_code == 404


def test_pages_of_coverage_ask_no_more_for_more(world: World) -> None:
    client = signed_in(world.press_officer)
    coverage = kept(world)

    def more() -> None:
        for each in (world.constable, world.colleague, world.sergeant):
            contact = contacts.log(each)
            contacts.perform(
                Verb.LINK_COVERAGE, contact, by=world.press_officer, coverage=coverage, facts=None
            )
            found = {each: contact}
            actions.keep_quotations(coverage, found=found, by=world.press_officer, now=NOW)
            actions.flag_coverage(coverage, why=each.name, by=world.press_officer, now=NOW)
            kept(world, address=f"https://gazette.example/{each.pk}")

    contact = contacts.log(world.chief)
    contacts.perform(
        Verb.LINK_COVERAGE, contact, by=world.press_officer, coverage=coverage, facts=None
    )
    actions.keep_quotations(coverage, found={world.chief: contact}, by=world.press_officer, now=NOW)
    actions.flag_coverage(coverage, why="First", by=world.press_officer, now=NOW)
    does_not_grow(client, path("media-coverage-one", coverage.pk), more)


def test_the_list_asks_no_more_for_more(world: World) -> None:
    kept(world)
    does_not_grow(
        signed_in(world.press_officer), LIST,
        lambda: [kept(world, address=f"https://gazette.example/{n}") for n in range(9)],
    )  # fmt: skip


# Was this contact logged?


def found_by(world: World, **more: Any) -> Any:
    return signed_in(world.press_officer).post(QUOTED, typed(**more))


def test_pasting_finds_whom_it_quotes_and_what_they_logged(world: World, brook: User) -> None:
    courier = contacts.log(brook, speakers=(contacts.TOM,))
    gazette = contacts.log(brook, contacted_on=TODAY - timedelta(days=1))
    contacts.log(brook, contacted_on=TODAY - timedelta(days=8), late_reason="Leave.")
    page = found_by(world)
    assert page.status_code == 200
    (only,) = page.context["found"]
    assert only["officer"] == brook
    assert [contact for contact, _ in only["contacts"]] == [gazette, courier]
    assert "the same outlet" in words(page)
    assert not Coverage.objects.exists()


def test_keeping_links_what_explains_the_quote(world: World, brook: User) -> None:
    contact = contacts.log(brook)
    client = signed_in(world.press_officer)
    result = {
        "step": "found", "shown": str(brook.pk), "officers": [brook.pk],
        f"contact_{brook.pk}": contact.pk,
    }  # fmt: skip
    response = client.post(QUOTED, typed(**result))
    coverage = Coverage.objects.get()
    assert response["Location"] == path("media-coverage-one", coverage.pk)
    assert Quotation.objects.get().contact == contact
    assert CoverageLink.objects.get().contact == contact
    assert client.post(QUOTED, typed(**result)).status_code == 302  # again: nothing twice
    assert (Quotation.objects.count(), CoverageLink.objects.count()) == (1, 1)


def test_keeping_asks_which_contact_explains_it(world: World, brook: User) -> None:
    contacts.log(brook)
    ask = {"step": "found", "shown": str(brook.pk), "officers": [brook.pk]}
    refused = found_by(world, **ask)
    assert refused.status_code == 422
    assert "Say which contact explains" in words(refused)
    assert not Quotation.objects.exists()
    assert found_by(world, **ask, **{f"contact_{brook.pk}": "none"}).status_code == 302
    assert Quotation.objects.get().contact is None
    assert not CoverageLink.objects.exists()


def test_a_contact_of_somebody_else_explains_nothing(world: World, brook: User) -> None:
    contacts.log(brook)
    others = contacts.log(world.constable)
    result = {"step": "found", "shown": str(brook.pk), "officers": [brook.pk]}
    assert found_by(world, **result, **{f"contact_{brook.pk}": others.pk}).status_code == 422


def test_without_a_contact_the_result_says_so_and_offers_to_route(
    world: World, brook: User
) -> None:
    page = found_by(world)
    assert "No contact logged" in words(page)
    assert f"officer={brook.pk}&amp;about=Bikes" in words(page)
    found_by(world, step="found", shown=str(brook.pk), officers=[brook.pk])
    assert Quotation.objects.get().contact is None


def test_others_are_added_by_name_or_number_and_wrong_ones_are_left_out(
    world: World, brook: User
) -> None:
    moss = person("moss", first_name="Ivy", last_name="Moss", number="88", force=world.northmoor)
    person("one", first_name="Al", last_name="Twin", force=world.northmoor)
    person("two", first_name="Bo", last_name="Twin", force=world.northmoor)
    page = found_by(
        world, step="found", shown=str(brook.pk), look="1", others="88\nIvy Moss\nTwin\nNobody"
    )
    assert page.status_code == 200
    form = page.context["form"]
    assert [each["officer"] for each in page.context["found"]] == [brook, moss]
    assert form.initial["officers"] == [moss.pk]  # whose tick was taken away stays without
    assert "2 people fit ‘Twin’" in words(page)
    assert "Nobody in Northmoor Police has the name or number ‘Nobody’" in words(page)


def test_nobody_is_kept_unseen(world: World, brook: User) -> None:
    """A name typed beside 'Keep this result' is shown first."""
    person("moss", first_name="Ivy", last_name="Moss", number="88", force=world.northmoor)
    page = found_by(
        world, step="found", shown=str(brook.pk), officers=[brook.pk], others="Ivy Moss"
    )
    assert page.status_code == 200
    assert not Quotation.objects.exists()


def test_a_text_that_names_nobody_asks_for_a_name(world: World) -> None:
    page = found_by(world, text="A spokesman said nothing.")
    assert page.status_code == 200
    assert "names nobody" in words(page)
    assert "Keep this result" not in words(page)


def test_coverage_that_is_kept_fills_the_form_and_is_not_kept_again(
    world: World, brook: User
) -> None:
    coverage = kept(world, address="")
    page = signed_in(world.press_officer).get(QUOTED, {"coverage": coverage.pk})
    assert COVERAGE.headline in words(page)
    result = {"step": "found", "shown": str(brook.pk), "officers": [brook.pk], "address": ""}
    found_by(world, **result, coverage=coverage.pk)
    assert Coverage.objects.get().quotations.count() == 1


def test_what_the_press_officer_said_themselves_is_kept_but_not_linked(world: World) -> None:
    me = world.press_officer
    contact = contacts.log(me)
    result = {"step": "found", "shown": str(me.pk), "officers": [me.pk]}
    typed_text = {"text": f"said {me.first_name} {me.last_name}"}
    page = signed_in(me).post(
        QUOTED, typed(**result, **typed_text, **{f"contact_{me.pk}": contact.pk}), follow=True
    )
    assert Quotation.objects.get().contact == contact
    assert not CoverageLink.objects.exists()
    assert "is not linked. You took part in this contact" in words(page)


def test_a_day_without_a_policy_is_refused_with_a_sentence(world: World) -> None:
    page = found_by(world, published_on="2019-06-01")
    assert page.status_code == 422
    assert "had no policy on media contacts on that day" in words(page)


# Whom a text names

NAMES = st.sampled_from(["Casey", "Ivy", "Dee", "O’Neill", "Hale-Moss", "Brook", "Thorn"])
FILLERS = st.lists(
    st.sampled_from(["the", "officer", "said", "in", "Brooks", "street", "and", "2026", "told"]),
    max_size=6,
).map(" ".join)
ENDS = st.sampled_from(["", ".", ",", "’s", "'s", "’", "”", "’s,”", " -", "!"])
BEGINS = st.sampled_from(["", "“", "‘", "(", "'"])


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(before=FILLERS, after=FILLERS, begin=BEGINS, end=ENDS, how=st.integers(0, 3))
def test_whoever_is_named_is_found(
    world: World, brook: User, before: str, after: str, begin: str, end: str, how: int
) -> None:
    who = ("Casey Brook", "PC Brook", "Constable Brook", "PC 4417 Brook")[how]
    assert brook in named_in(f"{before} {begin}{who}{end} {after}", world.northmoor)
    assert brook in named_in(f"{before} {begin}{who.upper()}{end} {after}", world.northmoor)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(before=FILLERS, after=FILLERS, begin=BEGINS, end=ENDS, other=NAMES)
def test_a_surname_alone_is_no_match(
    world: World, brook: User, before: str, after: str, begin: str, end: str, other: str
) -> None:
    if other != "Casey":
        text = f"{before} {begin}{other} Brook{end} {after}"
        assert brook not in named_in(text, world.northmoor)
    assert brook not in named_in(f"{before} {begin}Brook{end} {after}", world.northmoor)
    assert brook not in named_in(f"Casey, {before} x Brook{end}", world.northmoor)


def test_names_with_signs_of_their_own_are_found(world: World) -> None:
    oneill = person("on", first_name="Mary Ann", last_name="O’Neill", force=world.northmoor)
    hale = person("hm", first_name="Dee", last_name="Hale-Moss", force=world.northmoor)
    berg = person("vb", first_name="Jan", last_name="van der Berg", force=world.northmoor)
    text = "Ann O'Neill's words; ‘Dee Hale-Moss’ agreed, and Jan van der Berg’s team."
    assert set(named_in(text, world.northmoor)) == {oneill, hale, berg}
    assert named_in(text, world.harbour) == []
