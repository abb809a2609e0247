"""The matrix would notice: each fault here is planted, and must turn it red."""

import pytest
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.test import override_settings

from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.gifts import permissions
from registers.gifts.enums import Verb
from registers.gifts.models import Offer, OfferQuerySet
from registers.gifts.views import cases
from tests.access.matrix import Matrix
from tests.access.routes import routes, unclassified
from tests.access.things import Things
from tests.builders import World

ENTRY = ("gifts:case", "gifts:verb")


def found_wrong(world: World, *names: str, cast: tuple[str, ...]) -> list[str]:
    """What a small matrix finds."""
    return Matrix(Things(world), [r for r in routes() if r.key in names], cast).run().wrong


def test_the_small_matrix_is_green_without_a_fault(world: World) -> None:
    assert found_wrong(world, "gifts:case", "home", cast=("signed_out", "colleague")) == []


def test_every_entry_open_to_everybody_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OfferQuerySet, "visible_to", lambda offers, user: offers.all())
    wrong = found_wrong(world, *ENTRY, cast=("colleague",))
    assert any("GET" in cell and "same force, no relation" in cell for cell in wrong)
    assert any("does not answer as a missing one does" in cell for cell in wrong)
    assert any("shows planted-entry-of-gifts-constable" in cell for cell in wrong)


def test_pages_open_without_signing_in_are_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LoginRequiredMiddleware, "process_view", lambda *args, **kwargs: None)
    wrong = found_wrong(world, "gifts:guide", "casework:team", cast=("signed_out",))
    assert wrong
    assert all("where the oracle says “sign in first”" in cell for cell in wrong)


@override_settings(ROOT_URLCONF="tests.access.unclassified")
def test_an_unclassified_route_is_found() -> None:
    (sentence,) = unclassified()
    assert sentence.startswith("Nobody has said who may open new-page (new-page/): add it to SITE")


def test_a_decision_by_who_only_reads_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(permissions.CHECKS, Verb.WITHDRAW, lambda user, offer: None)
    wrong = found_wrong(world, "gifts:verb", cast=("inspector",))
    assert any("POST" in cell and "not allowed, and wrote" in cell for cell in wrong)


def test_a_hidden_entry_that_answers_otherwise_than_a_missing_one_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = cases.find

    def tell_them_apart(user: User, reference: str) -> Offer:
        if Offer.objects.filter(case__reference=reference).exists():
            return find(user, reference)
        raise Denied("There is no such entry.")

    monkeypatch.setattr(cases, "find", tell_them_apart)
    wrong = found_wrong(world, "gifts:case", cast=("colleague",))
    assert any("same force" in cell and "as a missing one does" in cell for cell in wrong)


def test_a_list_that_shows_another_force_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(User, "display", property(lambda user: "Of Northmoor Police"))
    wrong = found_wrong(world, "home", cast=("harbour_constable",))
    assert wrong
    assert all("names Northmoor" in cell for cell in wrong)
