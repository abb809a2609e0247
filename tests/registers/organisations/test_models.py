"""One record for one organisation of a department."""

from collections.abc import Callable

import pytest

from registers.organisations.actions import add_note, find_or_create, merge
from registers.organisations.models import (
    Merge,
    MergeSuggestion,
    Organisation,
    OrganisationName,
    OrganisationNote,
    SupplierNumber,
)
from tests.builders import NOW, TODAY, YESTERDAY, World
from tests.constraints import again, change, names_of, refuses


def halcyon(w: World) -> Organisation:
    return find_or_create(name="Halcyon Fleet Ltd", department=w.alliance_psd)


def known_as(w: World) -> OrganisationName:
    return OrganisationName.objects.create(
        organisation=halcyon(w), department=w.alliance_psd, name="Hal’s Cars", key="hals cars"
    )


def _with(w: World, **number: str) -> Organisation:
    change(halcyon(w), **number)
    return halcyon(w)


def merged(w: World) -> Merge:
    other = find_or_create(name="Halcyon Vehicles", department=w.alliance_psd)
    return merge(other, into=halcyon(w), reason="One depot.", by=w.reviewer, now=NOW)


def suggested(w: World) -> MergeSuggestion:
    one, other = halcyon(w), find_or_create(name="Halcyon Vehicles", department=w.alliance_psd)
    return MergeSuggestion.objects.create(
        department=w.alliance_psd, one=one, other=other, score=80, why="Alike.", found_at=NOW
    )


def numbered(w: World) -> SupplierNumber:
    return SupplierNumber.objects.create(organisation=halcyon(w), force=w.northmoor, number="V001")


def noted(w: World) -> OrganisationNote:
    return add_note(halcyon(w), text="Ask about the depot.", by=w.reviewer, now=NOW)


def _itself(w: World, field: str) -> None:
    change(halcyon(w), **{field: halcyon(w).pk})


def _turned(w: World) -> None:
    each = suggested(w)
    change(each, one_id=each.other_id, other_id=each.one_id)


CASES: dict[str, Callable[[World], object]] = {
    "organisation_name_is_unique_in_department": lambda w: again(halcyon(w)),
    "organisation_company_number_is_unique_in_department": lambda w: again(
        _with(w, company_number="01234567"), key="another"
    ),
    "organisation_charity_number_is_unique_in_department": lambda w: again(
        _with(w, charity_number="1234567"), key="another"
    ),
    "organisation_has_a_name": lambda w: change(halcyon(w), key=""),
    "other_name_is_unique_in_department": lambda w: again(known_as(w)),
    "organisation_company_number_is_well_formed": lambda w: _with(w, company_number="1234567"),
    "organisation_charity_number_is_well_formed": lambda w: _with(w, charity_number="12-34"),
    "organisation_is_not_merged_into_itself": lambda w: _itself(w, "merged_into_id"),
    "organisation_is_not_its_own_parent": lambda w: _itself(w, "parent_id"),
    "other_name_ends_after_it_starts": lambda w: change(
        known_as(w), starts_on=TODAY, ends_on=YESTERDAY
    ),
    "supplier_number_is_unique_in_force": lambda w: again(numbered(w)),
    "supplier_number_is_not_empty": lambda w: change(numbered(w), number=""),
    "organisation_note_says_something": lambda w: change(noted(w), text=""),
    "organisation_is_merged_once": lambda w: again(merged(w)),
    "merge_is_of_two_records": lambda w: change(merged(w), organisation=halcyon(w)),
    "merge_says_why": lambda w: change(merged(w), reason=""),
    "merge_undone_says_when_who_and_why": lambda w: change(merged(w), undone_at=NOW),
    "merge_is_suggested_once": lambda w: again(suggested(w)),
    "merge_suggestion_is_of_two_in_order": _turned,
    "merge_suggestion_score_is_of_100": lambda w: change(suggested(w), score=101),
    "merge_ruling_says_when_and_who": lambda w: change(suggested(w), ruling="same"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", names_of("organisations"))
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


def test_forces_of_an_alliance_share_their_organisations_and_others_do_not(world: World) -> None:
    ours = halcyon(world)
    for user, sees in (
        (world.constable, True),
        (world.eastvale_constable, True),
        (world.body_member, True),
        (world.harbour_constable, False),
    ):
        assert Organisation.objects.shared_with(user).filter(pk=ours.pk).exists() is sees
