"""A stale form changes nothing, whatever its verb; and a key or a second click makes nothing twice.

The inventory is the code's own: each function of a register's ``actions`` that changes a record.
"""

import ast
import inspect
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone

from integrity.casework import actions as casework
from integrity.casework.actions import cases
from integrity.casework.actions.steps import Steps
from integrity.casework.models import Case, Draft
from integrity.casework.registry import registers
from integrity.casework.workflow import Conflict
from integrity.people.models import User
from registers.gifts.enums import Status, Verb
from registers.gifts.models import Offer
from tests import builders
from tests.builders import NOW, World, offer_in, perform
from tests.registers.gifts.test_views import QUICK, client_of
from tests.registers.gifts.test_workflow import state_of_database

type Action = FunctionType | MethodType

# these leave the record that they begin from as it is: a draft is begun, a referral is dealt with once
BESIDES = {"begin_offer", "set_aside"}


def changing_actions() -> list[Action]:
    """Every public action of every register whose first argument is a record of a case."""
    found = []
    for app in apps.get_app_configs():
        if not app.name.startswith("registers.") or not (Path(app.path) / "actions").exists():
            continue
        package = import_module(f"{app.name}.actions")
        public = [getattr(package, name) for name in package.__all__]
        called = [each for each in public if isinstance(each, FunctionType | MethodType)]
        found += [each for each in called if on_record(each) and each.__name__ not in BESIDES]
    return found


def on_record(action: Action) -> bool:
    if isinstance(action, MethodType):  # one that every register has
        return isinstance(action.__self__, Steps)
    first = next(iter(inspect.signature(action, eval_str=True).parameters.values()))
    model = first.annotation
    return hasattr(model, "case") and bool(model._meta.get_field("case").one_to_one)


ACTIONS = changing_actions()
# these take a case and change nothing of it
HARMLESS = {"record_on_case", "start_draft", "lock_case", "psd_of"}


def test_there_are_as_many_actions_as_verbs_that_change_a_record() -> None:
    tables = [register.workflow for register in registers()]
    assert len(ACTIONS) == sum(not row.begins for table in tables if table for row in table)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_an_action_on_a_record_takes_by_now_and_version_by_keyword(action: Action) -> None:
    parameters = inspect.signature(action).parameters
    for name in ("by", "now", "version"):
        assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY, name
        assert parameters[name].default is inspect.Parameter.empty, f"{name} is always given"


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_an_action_called_with_a_stale_version_changes_nothing(
    action: Action, world: World
) -> None:
    assert refuses_what_is_stale(action, world)


def test_without_the_version_check_the_test_above_turns_red(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault."""
    lock = casework.lock_case

    def lock_only(case_id: int, *, version: int | None) -> Case:
        return lock(case_id, version=None)

    for caller in (casework, cases):
        monkeypatch.setattr(caller, "lock_case", lock_only)
    assert not [action for action in ACTIONS if refuses_what_is_stale(action, world)]


def refuses_what_is_stale(action: Action, world: World) -> bool:
    """Whether a call with the version before is a Conflict, before anything else is looked at."""
    offer = offer_in(Status.WITH_PSD, world)
    stale = offer.case.version
    offer = perform(Verb.ASSIGN, offer, by=world.reviewer, in_world=world)
    given: dict[str, Any] = dict.fromkeys(list(inspect.signature(action).parameters)[1:])
    given |= {"by": world.reviewer, "now": NOW, "version": stale}
    before = state_of_database()
    try:
        with transaction.atomic():
            action(offer, **given)
    except Conflict as conflict:
        told = (conflict.seen, conflict.current) == (stale, stale + 1)
        return told and state_of_database() == before
    except Exception:  # whatever it was, the stale call went on
        return False
    return False


def test_only_actions_call_what_changes_a_case() -> None:
    """The platform's writes that take a case rely on its lock, which a register's ``take`` takes."""
    risky = {
        name
        for name in casework.__all__
        if takes_a_case(getattr(casework, name)) and name not in HARMLESS
    }
    assert {"attach", "confirm_by_principal", "add_decision", "keep_version", "advance"} <= risky
    calls = {
        (str(path.relative_to(settings.BASE_DIR)), name)
        for folder in ("integrity", "registers")
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if "actions" not in path.parts
        for name in imported_from_casework(path) & risky
    }
    assert not calls


def takes_a_case(action: Callable[..., Any]) -> bool:
    names = inspect.signature(action).parameters
    return bool({"case", "challenge"} & set(names))


def imported_from_casework(path: Path) -> set[str]:
    """The names of the platform's actions that a module imports."""
    tree = ast.parse(path.read_text())
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("integrity.casework.actions")
        for alias in node.names
    }


# Idempotency keys, through pages


def at_once(*calls: Callable[[], HttpResponse]) -> list[HttpResponse]:
    """What each call answers, all begun together, each on a connection of its own."""
    start = threading.Barrier(len(calls), timeout=30)
    answers: dict[int, HttpResponse] = {}

    def run(place: int, call: Callable[[], HttpResponse]) -> None:
        try:
            start.wait()
            answers[place] = call()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[place] for place in range(len(calls))]


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_four_times_at_once_makes_one_entry_and_one_receipt() -> None:
    world = builders.world()
    browsers = [client_of(world.constable) for _ in range(4)]
    form = {**QUICK, "key": str(uuid4())}
    answers = at_once(*(lambda b=b: b.post("/gifts/quick/", form) for b in browsers))
    assert {answer.status_code for answer in answers} == {302}
    (receipt,) = {answer["Location"] for answer in answers}
    assert receipt == f"/gifts/{Case.objects.get().reference}/done/"
    assert Offer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_draft_submitted_four_times_at_once_makes_one_entry_and_one_receipt() -> None:
    world = builders.world()
    draft = draft_of(world.constable)
    browsers = [client_of(world.constable) for _ in range(4)]
    path = f"/gifts/drafts/{draft.pk}/check/"
    answers = at_once(*(lambda b=b: b.post(path) for b in browsers))
    assert [answer.status_code for answer in answers] == [302] * 4
    (receipt,) = {answer["Location"] for answer in answers}
    assert receipt == f"/gifts/{Case.objects.get().reference}/done/"
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_may_use_one_key() -> None:
    world = builders.world()
    form = {**QUICK, "key": str(uuid4())}
    people = [client_of(user) for user in (world.constable, world.colleague)]
    at_once(*(lambda b=b: b.post("/gifts/quick/", form) for b in people))
    assert Case.objects.count() == 2


def draft_of(user: User) -> Draft:
    """A whole declaration, not submitted yet."""
    offer = {
        "whose": ["me"],
        "offered_on": [timezone.localdate().isoformat()],
        "provider": ["organisation"],
        "organisation": ["Halcyon Fleet"],
        "provider_kind": ["contractor"],
    }
    declined = {
        "description": ["A pen"],
        "kind": ["gift"],
        "decision": ["declined"],
        "value_kind": ["exact"],
        "exact": ["4.50"],
    }
    return casework.start_draft(
        by=user,
        register="gifts",
        purpose="declare",
        keep_days=30,
        now=timezone.now(),
        data={"offer": offer, "items/1": declined},
    )
