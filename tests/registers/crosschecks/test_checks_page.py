"""The page of the checks, and how the head of PSD changes one from a day on."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from integrity.people.models import User
from integrity.ui.templatetags.ui import day
from registers.crosschecks.enums import Check
from registers.crosschecks.models import CheckSetting
from registers.crosschecks.rules import RULES
from tests import matches as making
from tests.builders import World

pytestmark = pytest.mark.django_db
PAGE, ADD = "/psd/checks/", "/psd/crosschecks/checksetting/add/"
LIST = "/psd/crosschecks/checksetting/"


@pytest.fixture
def at_desk(world: World) -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
        return client

    return signed_in


def said(client: Client, address: str = PAGE) -> str:
    return unescape(client.get(address).content.decode())


def asked(world: World, check: Check) -> dict[str, Any]:
    return {"check_name": check, "force": world.northmoor.pk}


@pytest.mark.parametrize("check", Check)
def test_a_form_asks_for_what_its_check_uses_and_nothing_else(
    check: Check, world: World, at_desk
) -> None:
    form = at_desk(world.psd_head).get(ADD, asked(world, check)).context["adminform"].form
    every = {"force", "check_name", "effective_from", "switched_on", "owner", "minimum_score"}
    assert set(form.fields) == every | RULES[check].uses
    assert form.initial["effective_from"] == timezone.localdate() + timedelta(days=1)
    assert form.initial["owner"] == RULES[check].owner
    assert form.fields["check_name"].choices == [(check, check.label)]


def test_its_own_words_say_what_its_settings_mean(world: World, at_desk) -> None:
    page = at_desk(world.psd_head).get(ADD, asked(world, Check.CARD_SPLIT))
    told = unescape(page.content.decode())
    assert RULES[Check.CARD_SPLIT].takes in told
    assert "may lie between the two" not in told


def test_what_is_set_for_later_is_told_and_what_the_form_does_not_ask_stays(
    world: World, at_desk
) -> None:
    held = making.setting(world.northmoor, Check.CARD_SPLIT, window_days=5, times=7, amount=12)
    tomorrow = timezone.localdate() + timedelta(days=1)
    head = at_desk(world.psd_head)
    sent = head.post(
        ADD,
        {
            **asked(world, Check.CARD_SPLIT), "effective_from": f"{tomorrow:%d/%m/%Y}",
            "switched_on": "on", "owner": held.owner, "minimum_score": 45, "window_days": 30,
        },
    )  # fmt: skip
    assert (sent.status_code, sent["Location"]) == (302, PAGE)
    made = CheckSetting.objects.get(effective_from=tomorrow)
    assert (made.window_days, made.times, int(made.amount)) == (30, 7, 12)
    assert made.minimum_likeness == held.minimum_likeness
    assert f"From {day(tomorrow)}: 30 days." in said(head)
    assert f"{LIST}{made.pk}/change/" in said(head)
    reader = said(at_desk(world.reviewer))
    assert f"From {day(tomorrow)}: 30 days." in reader
    assert LIST not in reader
    again = head.get(ADD, asked(world, Check.CARD_SPLIT)).context["adminform"].form
    assert again.initial["effective_from"] == tomorrow + timedelta(days=1)
    assert again.initial["window_days"] == 30


def test_a_second_row_of_a_day_is_refused_in_a_sentence(world: World, at_desk) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    making.setting(world.northmoor, Check.CONDITION_HOURS, since=tomorrow)
    given = {**asked(world, Check.CONDITION_HOURS), "owner": "psd", "minimum_score": 45}
    sent = at_desk(world.psd_head).post(ADD, {**given, "effective_from": f"{tomorrow:%d/%m/%Y}"})
    assert sent.status_code == 200
    assert "already exists" in sent.content.decode()


def test_a_row_stays_of_its_force_and_check(world: World, at_desk) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    row = making.setting(world.northmoor, Check.CONDITION_HOURS, since=tomorrow)
    sent = at_desk(world.psd_head).post(
        f"{LIST}{row.pk}/change/",
        {
            **asked(world, Check.CARD_SPLIT), "owner": "psd", "minimum_score": 45,
            "effective_from": f"{tomorrow:%d/%m/%Y}",
        },
    )  # fmt: skip
    assert sent.status_code == 200
    row.refresh_from_db()
    assert row.check_name == Check.CONDITION_HOURS


def test_whoever_may_not_change_one_is_shown_what_is_in_force(world: World, at_desk) -> None:
    for user in (world.reviewer, world.inspector):
        assert at_desk(user).get(LIST)["Location"] == PAGE
    assert "The head of PSD changes a setting" in said(at_desk(world.reviewer))
    assert at_desk(world.psd_head).get(ADD)["Location"] == PAGE
    assert at_desk(world.psd_head).get(LIST).status_code == 200


def test_no_rule_cites_what_no_reader_has() -> None:
    told = " ".join(f"{rule.pair} {rule.why} {rule.takes}" for rule in RULES.values())
    assert "RULES" not in told
    assert "everything" not in told
