"""The pages of an application, as a browser without script asks for them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from integrity.casework.models import Attachment, Case, Draft
from integrity.people.models import User
from registers.business_interests.enums import Category, Status
from registers.business_interests.models import Interest, InterestPolicy, MemberRule
from tests.builders import World
from tests.interests import interest_in
from tests.registers.business_interests.test_drafts import STEPS, draft_of, holder

WHOLE = {**STEPS, "holder": holder(Category.WAGED)}
LETTING = {**STEPS, "holder": holder(Category.LETTING)}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def begin(user: User, data: dict[str, Any]) -> tuple[Client, str]:
    """A draft of these answers, and the beginning of its addresses."""
    return client_of(user), f"/interests/drafts/{draft_of(user, data).draft.pk}"


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_start_says_the_law_and_the_clocks_of_this_person(world: World) -> None:
    MemberRule.objects.filter(member_type="officer").update(decide_within=21, working_days=True)
    said = text_of(client_of(world.constable), "/interests/start/")
    assert "Police Regulations 2003" in said
    assert "within 21 working days of a complete application" in said
    assert "Do not begin before it is approved." in said
    assert "Force policy" in text_of(client_of(world.hr_officer), "/interests/start/")


def test_a_force_without_a_policy_or_a_rule_says_whom_to_ask(world: World) -> None:
    newer = {"title": "Newer", "summary": "It lacks its rules.", "effective_from": date(2021, 1, 1)}
    InterestPolicy.objects.create(force=world.northmoor, **newer)
    response = client_of(world.constable).get("/interests/start/")
    assert response.status_code == 403
    assert "ask PSD to add a row for it" in response.content.decode()
    InterestPolicy.objects.update(effective_from=date(2090, 1, 1))
    response = client_of(world.constable).post("/interests/start/")
    assert response.status_code == 403
    assert "ask PSD to enter it" in response.content.decode()


def test_step_by_step_to_the_receipt_without_script(world: World) -> None:
    client = client_of(world.constable)
    at = client.post("/interests/start/")["Location"]
    for step in ("holder", "work", "organisation", "hours", "conflict"):
        assert at.endswith(f"/{step}/")
        assert client.get(at).status_code == 200
        at = client.post(at, WHOLE[step])["Location"]
    assert at.endswith("/check/")
    assert "Fallow Hill" in text_of(client, at)
    sent = client.post(at)
    interest = Interest.objects.get()
    assert sent["Location"] == f"/interests/{interest.case.reference}/done/"
    assert (interest.occupation, interest.hours_a_week) == ("Gardener", Decimal(4))
    assert not Draft.objects.exists()


def test_a_wrong_step_stays_and_says_why(world: World) -> None:
    client, at = begin(world.constable, {"holder": holder(Category.WAGED)})
    page = client.post(f"{at}/hours/", {"hours_a_week": "200", "weeks": "some"})
    said = page.content.decode()
    assert "A week has 168 hours" in said
    assert "a whole number from 1 to 17" in said


def test_a_step_of_another_category_leads_to_the_answers(world: World) -> None:
    client, at = begin(world.constable, LETTING)
    for step in ("hours", "organisation", "licence", "working-time"):
        assert client.get(f"{at}/{step}/")["Location"] == f"{at}/check/"
    assert client.get(f"{at}/property/").status_code == 200


def test_a_change_goes_back_to_the_answers_once_they_are_whole(world: World) -> None:
    client, at = begin(world.constable, {key: WHOLE[key] for key in WHOLE if key != "property"})
    again = client.post(f"{at}/work/", {"occupation": "Baker"})
    assert again["Location"] == f"{at}/check/"
    moved = client.post(f"{at}/holder/", LETTING["holder"])
    assert moved["Location"] == f"{at}/work/"
    assert client.post(f"{at}/work/", LETTING["work"])["Location"] == f"{at}/property/"
    assert client.post(f"{at}/property/", LETTING["property"])["Location"] == f"{at}/check/"


def test_save_and_finish_later_keeps_what_was_typed(world: World) -> None:
    client, at = begin(world.constable, {"holder": holder(Category.WAGED)})
    left = client.post(f"{at}/work/", {"occupation": "Half a wor", "save": "1"})
    assert left["Location"] == "/"
    assert "Half a wor" in text_of(client, f"{at}/work/")
    assert "Half a wor" in text_of(client, "/")


def test_autosave_keeps_what_is_typed_and_says_when(world: World) -> None:
    client, at = begin(world.constable, {})
    saved = client.post(f"{at}/work/autosave/", {"occupation": "Bak"})
    assert set(saved.json()) == {"saved_at"}
    assert Draft.objects.get().data == {"work": {"occupation": ["Bak"]}}
    assert f'data-autosave-url="{at}/holder/autosave/"' in text_of(client, f"{at}/holder/")


@pytest.mark.parametrize("who", ["reviewer", "psd_head", "sergeant", "colleague", "inspector"])
def test_a_draft_shows_to_nobody_but_its_writer(world: World, who: str) -> None:
    _, at = begin(world.constable, WHOLE)
    other = client_of(getattr(world, who))
    for page in ("work", "conflict", "check"):
        assert other.get(f"{at}/{page}/").status_code == 404
        assert other.post(f"{at}/{page}/").status_code == 404
    assert other.post(f"{at}/work/autosave/").status_code == 404


def test_an_expired_draft_is_gone(world: World) -> None:
    client, at = begin(world.constable, WHOLE)
    Draft.objects.update(expires_on=date(2026, 1, 1))
    assert client.get(f"{at}/holder/").status_code == 404


def test_the_list_answers_what_is_typed(world: World) -> None:
    client = client_of(world.constable)
    said = client.get("/interests/listed/", {"q": "Taxi driver and doorman"}).json()
    assert said == {
        "results": [
            {"name": "Door supervision", "stance": "Normally refused", "says": "See PSD."},
            {"name": "Driver", "stance": "Allowed with conditions only", "says": "See PSD."},
        ]
    }
    for nothing in ({"q": "gardener"}, {"q": ""}, {}):
        assert client.get("/interests/listed/", nothing).json() == {"results": []}
    InterestPolicy.objects.update(effective_from=date(2090, 1, 1))
    assert client.get("/interests/listed/", {"q": "doorman"}).json() == {"results": []}


def test_without_script_the_next_step_and_the_last_page_say_what_the_list_says(
    world: World,
) -> None:
    data = {**WHOLE, "work": {"occupation": ["Doorman"]}}
    del data["organisation"]
    client, at = begin(world.constable, data)
    words = "What your force says of ‘Door supervision’: normally refused. See PSD."
    for page, said in (("work", 1), ("organisation", 1), ("hours", 0), ("check", 1)):
        assert text_of(client, f"{at}/{page}/").count(words) == said, page


def test_a_letting_without_an_agent_is_told_where_the_force_wants_one(world: World) -> None:
    data = {**LETTING, "property": {"property_address": ["1 Quay Row"], "managed": ["no"]}}
    client, at = begin(world.constable, data)
    words = "Your force lets property only through a managing agent"
    assert words not in text_of(client, f"{at}/property/")
    assert words not in text_of(client, f"{at}/check/")
    InterestPolicy.objects.update(letting_needs_agent=True)
    assert words in text_of(client, f"{at}/property/")
    assert words in text_of(client, f"{at}/check/")
    client.post(f"{at}/check/")
    assert Interest.objects.get().managing_agent == ""


def test_the_last_page_says_all_that_was_answered(world: World) -> None:
    data = {**WHOLE, "hours": {"hours_a_week": ["10.5"], "weeks": ["every"]}}
    client, at = begin(world.constable, data)
    said = text_of(client, f"{at}/check/")
    for words in ("Waged employment", "Gardener", "Fallow Hill", "1 July 2026", "10.5", "50.5"):
        assert words in said, words
    for step in ("holder", "work", "organisation", "hours", "working-time", "conflict"):
        assert f'href="{at}/{step}/"' in said
    assert "1 Quay Row" not in said
    assert "Waiting for the supervisor’s view" in said
    assert "This is not complete yet" not in said


def test_what_is_missing_is_linked_and_cannot_be_sent(world: World) -> None:
    data = {**WHOLE, "conflict": {"uses_police_knowledge": ["yes"]}}
    client, at = begin(world.constable, data)
    said = client.post(f"{at}/check/").content.decode()
    assert "This is not complete yet" in said
    assert "Your role and the force: " in said
    assert "Send the application" not in said
    assert not Interest.objects.exists()


def paper(size: int = 5, name: str = "offer.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x" * size)


@pytest.mark.usefixtures("media")
def test_papers_go_with_the_application(world: World) -> None:
    client, at = begin(world.constable, WHOLE)
    client.post(f"{at}/check/", {"papers": [paper(), paper(name="agreement.txt")]})
    kept = Attachment.objects.filter(case=Interest.objects.get().case)
    assert sorted(kept.values_list("name", flat=True)) == ["agreement.txt", "offer.txt"]


@pytest.mark.usefixtures("media")
def test_papers_too_large_or_too_many_are_refused(world: World, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 4
    client, at = begin(world.constable, WHOLE)
    assert (
        "must be smaller"
        in client.post(f"{at}/check/", {"papers": [paper(3), paper(5)]}).content.decode()
    )
    many = [paper(1, f"{n}.txt") for n in range(11)]
    assert "10 files at most" in client.post(f"{at}/check/", {"papers": many}).content.decode()
    assert not Interest.objects.exists()


def test_sending_twice_finds_the_first_application(world: World) -> None:
    client, at = begin(world.constable, WHOLE)
    first, second = (client.post(f"{at}/check/") for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1
    assert client.get(f"{at}/check/")["Location"] == first["Location"]


def test_similar_applications_show_as_counts_and_only_if_enough(world: World) -> None:
    client, at = begin(world.colleague, WHOLE)
    for _ in range(4):
        interest_in(Status.APPROVED, world, hours_a_week=Decimal(0), now=timezone.now())
    assert "Too few to show" in text_of(client, f"{at}/work/")
    interest_in(Status.REFUSED, world, hours_a_week=Decimal(0), now=timezone.now())
    said = text_of(client, f"{at}/work/")
    assert "4 approved" in said
    assert "1 refused" in said
    assert world.constable.last_name not in said
