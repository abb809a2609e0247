"""What a holder is told of a verdict, and what the desk's list says of itself."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from integrity.people.enums import Role
from registers.procurement import actions
from registers.procurement.enums import Verdict
from registers.procurement.models import Purchase
from tests.builders import World, grant
from tests.registers.procurement.desk_of import path, signed_in, words
from tests.registers.procurement.test_purchases import CARDS, LIST, bought, judge, justified

pytestmark = pytest.mark.django_db
LABELS = ("Refer to PSD", "Refer for investigation")


# --- what the holder is told ----------------------------------------------------------------------


def letters() -> list[dict[str, str]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="send_mail")]


def test_a_holder_is_told_of_a_purchase_that_was_not_right_and_what_to_do(world: World) -> None:
    made, client = justified(world), signed_in(world.constable)
    url = f"{CARDS}{made.pk}/"
    actions.review(
        made, verdict=Verdict.WRONG, remarks="Use the framework.", by=world.procurement_officer,
        now=timezone.now(),
    )  # fmt: skip
    home, page = words(client.get("/")), words(client.get(url))
    assert f'href="{url}"' in home
    assert "1 purchase was found not right; read what to do" in home
    for text in ("Use the framework.", "Answer the remarks", "repay what was not"):
        assert text in page
    (letter,) = letters()
    assert (letter["to"], letter["path"]) == (world.constable.email, url)
    assert "framework" not in letter["body"]
    Purchase.objects.update(reviewed_at=timezone.now() - timedelta(days=29))
    assert "found not right" not in words(client.get("/"))
    assert "Answer the remarks" in words(client.get(CARDS))


@pytest.mark.parametrize(("remarks", "many"), [("", 0), ("Thank you.", 1)])
def test_they_are_written_to_of_a_right_one_where_there_is_something_to_read(
    world: World, remarks: str, many: int
) -> None:
    judge(justified(world), Verdict.RIGHT, world.procurement_officer, remarks)
    assert len(letters()) == many
    assert "Answer the remarks" not in words(signed_in(world.constable).get(CARDS))


def test_no_letter_betrays_a_referral(world: World) -> None:
    judge(justified(world), Verdict.REFERRED, world.procurement_officer)
    assert world.constable.email not in {each["to"] for each in letters()}


def test_the_form_says_before_it_is_sent_that_it_cannot_be_changed(world: World) -> None:
    page = words(signed_in(world.constable).get(f"{CARDS}{bought(world).pk}/"))
    assert "Once sent, it cannot be changed." in page


# --- the words of the desk ------------------------------------------------------------------------


def test_psd_refers_nothing_to_itself(world: World) -> None:
    made = justified(world)
    for user, label in (
        (world.procurement_officer, "Refer to PSD"),
        (world.reviewer, "Refer for investigation"),
    ):
        client = signed_in(user)
        for page in (path("purchase", made.pk), path("purchase-verb", made.pk, "refer")):
            found = {each for each in LABELS if each in words(client.get(page))}
            assert found == {label}


def test_a_search_that_finds_nothing_is_offered_among_all(world: World) -> None:
    made = bought(world, merchant="Brightwater")
    client = signed_in(world.procurement_officer)
    page = words(client.get(f"{LIST}?state=to_review&q=Brightwater"))
    assert "No purchase matches this filter." in page
    assert "Look for “Brightwater” in all purchases" in page
    assert f'href="{LIST}?q=Brightwater"' in page
    assert path("purchase", made.pk) in words(client.get(f"{LIST}?q=Brightwater"))
    nowhere = words(client.get(f"{LIST}?q=Nobody"))
    assert "Show all purchases" in nowhere
    assert path("purchase", made.pk) in words(client.get(f"{LIST}?q="))


def test_the_list_says_how_many_purchases_it_keeps_from_its_reader(world: World) -> None:
    for _ in range(2):
        made = justified(world)
    grant(world.sergeant, Role.PROCUREMENT, force=world.northmoor)
    kept = "2 purchases are kept from you, because you hold the card or manage its holder"
    pages = [words(signed_in(world.sergeant).get(f"{LIST}{each}")) for each in ("", "?state=right")]
    assert all(kept in page for page in pages)
    judge(made, Verdict.REFERRED, world.procurement_officer)
    assert kept in words(signed_in(world.sergeant).get(LIST))
    assert "kept from you" not in words(signed_in(world.procurement_officer).get(LIST))
    for other in (world.reviewer, world.inspector):
        assert "kept from you" not in words(signed_in(other).get(LIST))


def test_a_row_of_a_file_is_called_a_row(world: World) -> None:
    client = signed_in(world.procurement_officer)
    for where, said in (("89", "cards.xlsx, row 89"), ("April, row 9", "cards.xlsx, April, row 9")):
        made = bought(world, where=where)
        assert said in words(client.get(path("purchase", made.pk)))
