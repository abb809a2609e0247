"""The written notice of a decision: the same words on its page and in its PDF."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from integrity.audit.models import Event
from integrity.people.models import User
from integrity.ui.pdf import render
from registers.business_interests.enums import AppealOutcome, LegalBasis, Status, Verb
from registers.business_interests.models import Interest, WrittenNotice
from registers.business_interests.notices import letter
from tests.builders import World
from tests.interests import HOURS, interest_in, perform


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def path_of(notice: WrittenNotice, end: str = "") -> str:
    return f"/interests/{notice.interest.case.reference}/notice/{notice.pk}/{end}"


def last(interest: Interest) -> WrittenNotice:
    found = interest.notices.order_by("-pk").first()
    assert found is not None
    return found


def words(interest: Interest) -> str:
    """The last notice from its first to its last word."""
    said = letter(last(interest)).plain
    return " ".join(str(part) for part in said.values())


def test_a_refusal_says_why_until_when_to_whom_and_with_whose_help(world: World) -> None:
    interest = interest_in(Status.REFUSED, world, now=timezone.now())
    notice = last(interest)
    page = client_of(world.constable).get(path_of(notice)).content.decode()
    for expected in (
        interest.case.reference,
        world.constable.name,
        "Your application is refused.",
        "Because the policy says so.",
        "Gardener, Fallow Hill Garden Centre",
        "Police Regulations 2003",
        f"The last day to appeal is {notice.appeal_by:%-d %B %Y}.",
        "The chief officer decides in person",
        "A police friend may help you.",
        "may be a matter of conduct, up to gross misconduct",
        f"Decided by {world.reviewer.display}, for PSD.",
    ):
        assert expected in page


def test_the_pdf_is_a_download_with_the_words_of_the_page(world: World) -> None:
    notice = last(interest_in(Status.REFUSED, world, now=timezone.now()))
    said = client_of(world.constable).get(path_of(notice, "notice.pdf"))
    assert said.content == render("notice.typ", letter(notice).plain, made_at=notice.given_at)
    assert f"{notice.appeal_by:%-d %B %Y}" in letter(notice).appeal[0]
    assert said["Content-Type"] == "application/pdf"
    assert said["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("end", ["", "notice.pdf"])
def test_a_notice_is_for_whoever_sees_the_interest(world: World, end: str) -> None:
    notice = last(interest_in(Status.REFUSED, world))
    for user, status in (
        (world.constable, 200),
        (world.sergeant, 200),
        (world.reviewer, 200),
        (world.colleague, 404),
        (world.harbour_reviewer, 404),
        (world.hr_officer, 404),
    ):
        assert client_of(user).get(path_of(notice, end)).status_code == status, user
    other = interest_in(Status.REFUSED, world, subject=world.colleague)
    mixed = f"/interests/{notice.interest.case.reference}/notice/{last(other).pk}/{end}"
    assert client_of(world.sergeant).get(mixed).status_code == 404


def test_that_somebody_else_looked_or_took_it_is_recorded(world: World) -> None:
    notice = last(interest_in(Status.REFUSED, world))
    for user in (world.constable, world.sergeant):
        for end in ("", "notice.pdf"):
            client_of(user).get(path_of(notice, end))
    seen = Event.objects.filter(name__in=("entry viewed", "file downloaded"))
    assert [(each.name, each.actor_id) for each in seen.order_by("pk")] == [
        ("entry viewed", world.sergeant.pk),
        ("file downloaded", world.sergeant.pk),
    ]


def test_an_approval_with_conditions_says_them_and_the_review(world: World) -> None:
    interest = interest_in(Status.APPROVED_WITH_CONDITIONS, world)
    said = letter(last(interest))
    assert said.decision == ["Your application is approved with conditions."]
    assert said.conditions == [HOURS.text, "No use of uniform or warrant card."]
    assert ("Review due by", f"{interest.review_on:%-d %B %Y}") in [
        (fact.label, fact.value) for fact in said.facts
    ]
    assert "You may appeal against the conditions." in said.appeal[0]


def test_an_approval_without_conditions_says_nothing_of_an_appeal(world: World) -> None:
    assert letter(last(interest_in(Status.APPROVED, world))).appeal == []


def test_a_renewal_says_that_it_stays_approved(world: World) -> None:
    interest = interest_in(Status.APPROVED, world)
    for verb, by in (
        (Verb.OPEN_REVIEW, world.reviewer),
        (Verb.ANSWER_REVIEW, world.constable),
        (Verb.RENEW, world.reviewer),
    ):
        interest = perform(verb, interest, by=by, in_world=world)
    assert "Your interest stays approved, without conditions." in words(interest)


def test_a_reopened_refusal_that_is_approved_is_an_approval(world: World) -> None:
    interest = interest_in(Status.REFUSED, world)
    for verb in (Verb.REOPEN, Verb.APPROVE):
        interest = perform(verb, interest, by=world.reviewer, in_world=world)
    assert "Your application is approved." in words(interest)


def test_a_revocation_has_an_appeal_of_its_own(world: World) -> None:
    said = words(interest_in(Status.REVOKED, world))
    assert "The approval of your interest is revoked." in said
    assert "You may appeal against this revocation." in said


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (AppealOutcome.DISMISSED, "Your appeal is dismissed."),
        (AppealOutcome.UPHELD, "Your appeal is upheld."),
        (AppealOutcome.VARIED, "Your appeal is decided: conditions varied."),
    ],
)
def test_an_appeal_s_notice_says_how_it_ended(
    world: World, outcome: AppealOutcome, expected: str
) -> None:
    interest = interest_in(Status.APPEALED, world)
    interest = perform(
        Verb.DECIDE_APPEAL,
        interest,
        by=world.chief,
        in_world=world,
        outcome=outcome,
        conditions=(HOURS,) if outcome == AppealOutcome.VARIED else (),
    )
    said = words(interest)
    assert expected in said
    assert "in person" in said
    assert ("no further appeal" in said) is (outcome == AppealOutcome.DISMISSED)
    assert "You may appeal" not in said


def test_staff_are_not_told_of_police_friends_and_gross_misconduct(world: World) -> None:
    Interest.objects.update(legal_basis=LegalBasis.FORCE_POLICY)
    interest = interest_in(Status.REFUSED, world, subject=world.staff_officer)
    said = words(interest)
    assert interest.legal_basis == LegalBasis.FORCE_POLICY
    assert "trade union" in said
    assert "olice friend" not in said
    assert "gross" not in said


def test_an_earlier_notice_stays_as_it_was_given(world: World) -> None:
    interest = interest_in(Status.APPROVED_WITH_CONDITIONS, world)
    first = last(interest)
    before = letter(first)
    later = timezone.now() + timedelta(days=1)
    perform(Verb.REVOKE, interest, by=world.other_reviewer, in_world=world, now=later)
    again = WrittenNotice.objects.get(pk=first.pk)
    assert letter(again) == before


def test_what_somebody_typed_is_text_in_both(world: World) -> None:
    nasty = '<b>x</b> #read("/etc/passwd") 😀'
    interest = interest_in(Status.REFUSED, world, occupation=nasty)
    notice = last(interest)
    client = client_of(world.constable)
    assert "<b>x</b>" not in client.get(path_of(notice)).content.decode()
    assert client.get(path_of(notice, "notice.pdf")).status_code == 200
