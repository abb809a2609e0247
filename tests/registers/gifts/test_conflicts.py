"""The page for a form that came too late: what changed, what was typed, and the form to send again."""

import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils import timezone

from integrity.casework import actions as casework
from integrity.casework.conflicts import at_words
from integrity.casework.models import Draft
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.gifts import actions
from registers.gifts.drafts import data_of
from registers.gifts.enums import Purpose, Status, Verb
from registers.gifts.models import Offer
from tests.builders import NOW, World, accepted, facts, fresh, offer_in, perform, person
from tests.registers.gifts.test_views import client_of, path_of

LINES = "First line.\r\n\r\nSecond line <b>bold</b> & more."


def words(answer: HttpResponse) -> str:
    """A page's words, without its marks."""
    text = re.sub(r"<[^>]*>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(text))


def desk_path(offer: Offer, verb: Verb) -> str:
    return f"/psd/gifts/offer/{offer.pk}/{verb}/"


def boxes(answer: HttpResponse) -> dict[str, list[str]]:
    """What the page's form would send, as a browser reads it, without the token."""
    page = answer.content.decode()
    form = max(re.findall(r"<form.*?</form>", page, re.DOTALL), key=len)
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        kind, name, value = (attribute(tag, each) for each in ("type", "name", "value"))
        if name and (kind not in ("radio", "checkbox") or " checked" in tag) and kind != "file":
            found.setdefault(name, []).append(value)
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL
    ):
        found.setdefault(name, []).append(unescape(text))
    for name, options in re.findall(
        r'<select[^>]*name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL
    ):
        chosen = [tag for tag in re.findall(r"<option[^>]*>", options) if " selected" in tag]
        found[name] = [attribute(tag, "value") for tag in chosen]
    return {name: found[name] for name in found if name != "csrfmiddlewaretoken"}


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def test_the_form_comes_back_filled_in_and_is_sent_again_as_it_stands(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    perform(Verb.ASSIGN, offer, by=world.other_reviewer, in_world=world)
    client, path = client_of(world.reviewer), desk_path(offer, Verb.REJECT)
    typed = {"action_taken": "advice", "reason": LINES, "version": offer.case.version}
    answer = client.post(path, typed)
    assert answer.status_code == 409
    page = words(answer)
    assert "Somebody changed this entry while you were working" in page
    assert "Assigned" in page
    assert world.other_reviewer.display in page
    again = boxes(answer)
    assert again["reason"] == [LINES]
    assert again["action_taken"] == ["advice"]
    assert again["version"] == [str(offer.case.version + 1)]
    assert f'action="{path}"' in answer.content.decode()
    assert f'href="/psd/gifts/offer/{offer.pk}/change/"' in answer.content.decode()
    assert client.post(path, again).status_code == 302
    decision = offer.case.decisions.get()
    assert decision.reason.replace("\r", "") == LINES.replace("\r", "")


def test_where_the_verb_is_over_what_was_typed_can_be_copied(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    perform(Verb.ACCEPT, offer, by=world.other_reviewer, in_world=world)
    typed = {"field": "value", "text": LINES, "several": ["one", "two"]}
    answer = client_of(world.reviewer).post(
        desk_path(offer, Verb.ASK), {**typed, "version": offer.case.version}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Questions are asked before a decision; reopen the case first." in page
    kept = [
        unescape(t)
        for t in re.findall(r"<textarea[^>]*readonly>\n(.*?)</textarea>", page, re.DOTALL)
    ]
    assert kept == ["value", LINES, "one\ntwo"]
    assert "<b>bold" not in page
    assert 'name="csrfmiddlewaretoken"' not in page.split("<main", 1)[1].split("</main>")[0]


def test_a_correction_shows_what_it_changed_from_what_to_what(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    corrected = facts(accepted(60), organisation="Halcyon Fleet Ltd", circumstances="At the depot")
    said = {"by": world.constable, "now": NOW, "version": None, "reason": "It cost more."}
    actions.correct(offer, facts=corrected, **said)
    answer = client_of(world.reviewer).post(
        desk_path(offer, Verb.ACCEPT), {"reason": "Fine.", "version": offer.case.version}
    )
    page = words(answer)
    assert "Entry corrected" in page
    assert "It cost more." in page
    assert "Item 1: Value from Before: 50.00 Now: 60.00" in page
    assert "Circumstances Before: Nothing Now: At the depot" in page
    assert "Provider kind" not in page, "what stayed as it was is not a change"


def test_a_second_click_is_told_that_the_first_was_saved(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    client = client_of(world.constable)
    typed = {"reason": "My mistake.", "version": offer.case.version}
    first, second = (client.post(path_of(offer, "withdraw"), typed) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    page = words(second)
    assert "You have done this already" in page
    assert re.search(r"You recorded this at \d\d:\d\d\.", page)
    assert f'href="{path_of(offer)}"' in second.content.decode()
    assert "Somebody" not in page


def test_one_s_own_other_change_is_called_one_s_own(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    perform(Verb.ASSIGN, offer, by=world.reviewer, in_world=world)
    answer = client_of(world.reviewer).post(
        desk_path(offer, Verb.ACCEPT), {"reason": "Fine.", "version": offer.case.version}
    )
    assert "You changed this entry in another window" in words(answer)


def test_another_s_use_of_the_same_verb_is_not_one_s_own(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    perform(Verb.ACCEPT, offer, by=world.other_reviewer, in_world=world)
    answer = client_of(world.reviewer).post(
        desk_path(offer, Verb.ACCEPT), {"reason": "Fine.", "version": offer.case.version}
    )
    assert "You have done this already" not in words(answer)


def test_a_date_comes_back_in_its_boxes_and_a_file_is_asked_for_again(
    world: World, media: None
) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    perform(Verb.ASSIGN, offer, by=world.reviewer, in_world=world)
    typed = {
        "disposal": "donated",
        "to": "The hospice",
        "on_day": "14",
        "on_month": "june",
        "on_year": "2026",
        "item": offer.items.get().pk,
        "version": offer.case.version,
        "evidence": SimpleUploadedFile("receipt.txt", b"PRIVATE BYTES"),
    }
    answer = client_of(world.constable).post(path_of(offer, "record-disposal"), typed)
    again = boxes(answer)
    assert (again["disposal"], again["to"]) == (["donated"], ["The hospice"])
    assert [again[f"on_{part}"] for part in ("day", "month", "year")] == [
        ["14"],
        ["june"],
        ["2026"],
    ]
    assert "Attach again: receipt.txt." in words(answer)
    assert b"PRIVATE BYTES" not in answer.content


def test_an_answer_to_a_question_that_is_answered_by_now_is_not_lost(world: World) -> None:
    offer = perform(Verb.ASK, offer_in(Status.QUERIED, world), by=world.reviewer, in_world=world)
    first, second = offer.case.questions.all()
    actions.answer(
        offer, answers={first.pk: "A receipt."}, by=world.constable, now=NOW, version=None
    )
    typed = {f"answer_{first.pk}": "My other answer.", f"answer_{second.pk}": "The second."}
    answer = client_of(world.constable).post(
        path_of(offer, "answer"), {**typed, "version": offer.case.version}
    )
    assert boxes(answer)[f"answer_{second.pk}"] == ["The second."]
    assert "My other answer." in answer.content.decode()


def test_whoever_lost_sight_of_an_entry_gets_their_words_back_and_nobody_else(world: World) -> None:
    third = person("third_colleague", force=world.northmoor, grade=world.deputy_chief.grade)
    offer = offer_in(Status.PEER_REVIEW, world)
    late, path = client_of(third), path_of(offer, "peer-review")
    assert late.get(path_of(offer)).status_code == 200
    perform(Verb.PEER_REVIEW, offer, by=world.deputy_chief, in_world=world)
    typed = {"view": "decline", "propriety": LINES, "version": offer.case.version}
    answer = late.post(path, typed)
    assert answer.status_code == 409
    assert "Second line" in words(answer)
    assert "is not yours to read any more" in words(answer)
    assert world.deputy_chief.display not in words(answer)
    assert client_of(world.harbour_constable).post(path, typed).status_code == 404


@pytest.mark.parametrize("version", ["0", "999", "999999999", "-1", "9" * 5000, "٣", "x"])
def test_an_odd_version_is_no_server_error(world: World, version: str) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    answer = client_of(world.constable).post(
        path_of(offer, "withdraw"), {"reason": "No.", "version": version}
    )
    assert answer.status_code in (409, 422)
    assert fresh(offer).status == Status.WITH_PSD


def correction_of(offer: Offer, user: User) -> Draft:
    steps: dict[str, Any] = {**data_of(offer)}
    steps["offer"] = {**steps["offer"], "circumstances": ["At the front desk."]}
    return casework.start_draft(
        by=user,
        register="gifts",
        purpose=Purpose.CORRECT,
        keep_days=30,
        now=timezone.now(),
        case=offer.case,
        data=steps,
    )


def test_a_draft_of_an_entry_that_changed_can_be_sent_for_the_entry_of_now(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    draft = correction_of(offer, world.constable)
    perform(Verb.ASSIGN, offer, by=world.reviewer, in_world=world)
    client, path = client_of(world.constable), f"/gifts/drafts/{draft.pk}/check/"
    sent = boxes(client.get(path))
    answer = client.post(path, {**sent, "reason": LINES})
    assert answer.status_code == 409
    assert "Change your answers" in words(answer)
    again = boxes(answer)
    assert again["reason"] == [LINES]
    assert client.post(path, again).status_code == 302
    assert fresh(offer).circumstances == "At the front desk."


def test_a_draft_sent_twice_is_told_that_the_first_was_saved(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    draft = correction_of(offer, world.constable)
    client, path = client_of(world.constable), f"/gifts/drafts/{draft.pk}/check/"
    sent = {**boxes(client.get(path)), "reason": "Where it was."}
    first, second = (client.post(path, sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert "You have done this already" in words(second)
    assert client.get(path).status_code == 404


def test_a_draft_whose_entry_was_decided_says_so_and_keeps_the_words(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    draft = correction_of(offer, world.constable)
    perform(Verb.ACCEPT, offer, by=world.reviewer, in_world=world)
    client, path = client_of(world.constable), f"/gifts/drafts/{draft.pk}/check/"
    answer = client.post(path, {"reason": LINES})
    assert answer.status_code == 409
    over = "An entry is corrected before it is decided; ask PSD to reopen it."
    assert over in words(answer)
    assert "Second line" in words(answer)
    page = client.get(path)
    assert over in words(page)
    assert "Save the correction" not in words(page)
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_typing_into_a_draft_that_was_sent_is_refused_with_a_sentence(world: World) -> None:
    draft = correction_of(offer_in(Status.WITH_PSD, world), world.constable)
    Draft.objects.all().delete()
    with pytest.raises(Denied, match="another window"):
        casework.save_draft(draft, step="offer", values={}, now=NOW)


def test_a_row_of_the_queue_is_taken_as_it_was_shown(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    client, path = client_of(world.reviewer), "/psd/gifts/offer/?queue=open"
    page = client.get(path).content.decode()
    assert f'name="version_{offer.pk}" value="{offer.case.version}"' in page
    perform(Verb.ASSIGN, offer, by=world.psd_head, in_world=world, owner=world.psd_head)
    typed = {"action": "assign_to_me", "_selected_action": offer.pk, "index": 0}
    seen = {f"version_{offer.pk}": offer.case.version}
    answer = client.post(path, {**typed, **seen}, follow=True)
    assert "has changed since you opened it" in words(answer)
    assert fresh(offer).case.owner_id == world.psd_head.pk


def test_a_silent_challenge_is_made_once(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    silent = {"to": offer.case.subject_id, "text": "Why?", "how": "silent"}
    typed = {**silent, "silent_reason": "An operation.", "version": offer.case.version}
    path, client = desk_path(offer, Verb.CHALLENGE), client_of(world.reviewer)
    first, second = (client.post(path, typed) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 403)
    assert "You have made this challenge already" in words(second)
    assert offer.case.challenges.count() == 1


def test_a_moment_is_said_with_its_day_where_it_was_another_one() -> None:
    today = timezone.localtime().replace(hour=11, minute=2)
    assert at_words(today) == "at 11:02"
    assert at_words(datetime(2026, 3, 3, 14, 2, tzinfo=today.tzinfo)) == "on 3 March 2026 at 14:02"
