"""Chief officers on a board's page: named where the rule says so, with every challenge as the board may know it."""

from django.test import Client

from integrity.casework.models import Case, Challenge
from integrity.people.models import User
from registers.gifts.enums import Verb
from registers.oversight.models import NamingRule
from tests.builders import START, World, accepted, declare, perform
from tests.oversight import settle
from tests.registers.oversight.board_pages import PUBLIC, declared, name_of, read, tables

__all__ = ["declared"]


def test_chief_officers_entries_are_told_one_by_one(declared: World, client: Client) -> None:
    offer = Case.objects.get(subject=declared.assistant_chief)
    answer = read(client, declared.governance_member)
    (row,) = tables(answer)["chiefs-offers"].rows
    told = [cell.shown for cell in row]
    assert declared.assistant_chief.last_name in told[0]
    assert told[2:7] == [
        offer.reference,
        "A silver plate",
        "Halcyon Fleet Ltd",
        "Accepted",
        "£50.00",
    ]
    assert "I am not sure" in told[8]
    assert declared.deputy_chief.last_name in told[8]
    assert client.get(row[2].path).status_code == 200
    assert row[-1].path == f"/governance/notes/new/?entry={offer.reference}"
    (row,) = tables(read(client, declared.psd_head))["chiefs-offers"].rows
    assert row[-1].path == ""


def test_a_challenge_and_its_answer_are_told_as_the_board_may_know_them(
    declared: World, client: Client
) -> None:
    offer = Case.objects.get(subject=declared.assistant_chief).offer
    perform(Verb.CHALLENGE, offer, by=declared.other_reviewer, in_world=declared)
    settle()

    def stands(reader: User) -> list[str]:
        (row,) = tables(read(client, reader))["chiefs-challenges"].rows
        return [cell.shown for cell in row]

    for reader in (declared.governance_member, declared.psd_head):
        told = stands(reader)
        assert told[2] == "PSD"
        assert told[4:] == ["Why did you go?", "Not answered yet", "Not answered yet"]
    offer = perform(Verb.ANSWER_CHALLENGE, offer, by=declared.assistant_chief, in_world=declared)
    assert stands(declared.governance_member)[5:] == ["It was a wake.", "With PSD"]
    assert stands(declared.psd_head) == stands(declared.governance_member)


def test_one_held_silently_is_on_nobodys_page(declared: World, client: Client) -> None:
    offer = Case.objects.get(subject=declared.assistant_chief).offer
    silent = {"silent": True, "silent_reason": "It would tip them off."}
    perform(Verb.CHALLENGE, offer, by=declared.other_reviewer, in_world=declared, **silent)
    assert Challenge.objects.filter(silent=True).exists()
    for reader in (declared.governance_member, declared.psd_head):
        assert tables(read(client, reader))["chiefs-challenges"].rows == []


def test_a_forces_rule_says_whether_they_are_named(declared: World, client: Client) -> None:
    name = name_of(declared.assistant_chief)
    assert name in read(client, declared.governance_member).content.decode()
    assert name in read(client, declared.governance_member, PUBLIC).content.decode()
    NamingRule.objects.create(
        force=declared.northmoor, effective_from=START, to_the_board=False, in_public=False
    )
    private = read(client, declared.governance_member)
    (row,) = tables(private)["chiefs-offers"].rows
    assert row[0].shown == "A chief officer"
    assert name not in private.content.decode()
    public = read(client, declared.governance_member, PUBLIC)
    assert tables(public)["chiefs-offers"].rows == []
    assert name not in public.content.decode()


def test_the_public_reads_no_free_text_and_no_private_person(
    declared: World, client: Client
) -> None:
    private = {"organisation": "", "person": "Ada Lovage", "provider_kind": "public"}
    declare(declared.assistant_chief, accepted(20, description="Jam from the widow"), **private)
    settle()
    answer = read(client, declared.governance_member, PUBLIC)
    rows = [[cell.shown for cell in row] for row in tables(answer)["chiefs-offers"].rows]
    assert {row[3] for row in rows} == {"Halcyon Fleet Ltd", "Member of the public"}
    words = answer.content.decode()
    for secret in ("Lovage", "widow", "silver plate"):
        assert secret not in words
