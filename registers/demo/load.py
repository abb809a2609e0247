"""Loads the demo world, all of it or nothing, once."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection, transaction

from integrity.people.models import Force
from integrity.postgres_keeper import Problem
from registers.demo.buying import bought, compare
from registers.demo.casebook import casebook
from registers.demo.governing import governing, joint_committee
from registers.demo.interest_rounds import rounds
from registers.demo.interest_rules import make_interest_rules
from registers.demo.interest_stories import planted_interests
from registers.demo.interests import ordinary_interests
from registers.demo.investigation_rules import make_investigation_rules
from registers.demo.investigation_stories import planted_investigations
from registers.demo.investigations import ordinary_investigations, people_investigated
from registers.demo.media import ordinary_contacts
from registers.demo.media_rules import make_media_rules, outlets
from registers.demo.media_stories import planted_contacts
from registers.demo.nil_returns import nil_returns
from registers.demo.ordinary import ordinary_stories
from registers.demo.people import give_addresses, make_people
from registers.demo.quiet import post_the_past
from registers.demo.rules import make_rules
from registers.demo.stories import planted
from registers.demo.timeline import Story, play
from registers.demo.upkeep import sign_offs, upkeep
from registers.demo.world import World
from registers.governance.models import Board
from registers.investigations.models import InvestigationPolicy
from registers.media_contacts.models import MediaPolicy
from registers.procurement.models import Contract

SEED = 2012
FIRST_FORCE = "NMR"


@transaction.atomic
def load(now: datetime) -> bool:
    """Make the demo world up to now; says whether it was made, or stood already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('demo world'))")
    codes = set(Force.objects.values_list("code", flat=True))
    if FIRST_FORCE in codes:
        refuse_older()
        return False
    if codes:
        raise Problem(
            "This database holds other forces; the demo, whose password everybody knows, "
            "wants an empty one."
        )
    world = World(now, random.Random(SEED))  # noqa: S311 - the same world each time, not a secret
    make_people(world)
    joint_committee(world)
    make_rules(world)
    make_interest_rules(world)
    make_media_rules(world)
    make_investigation_rules(world)
    gifts = [*planted(world), *casebook(world), *upkeep(world), *ordinary_stories(world)]
    others = (_interests, _contacts, _investigations, bought, nil_returns, governing)
    told = [story for each in others for story in each(_with_own_dice(world))]
    play([*gifts, *told], until=now)
    compare(world)
    give_addresses()
    post_the_past(before=now - timedelta(days=1))
    return True


def refuse_older() -> None:
    """A world that an earlier release loaded lacks what is new. Raises Problem."""
    lately = (MediaPolicy, InvestigationPolicy, Contract, Board)
    if not all(model.objects.exists() for model in lately):
        raise Problem(
            "This database holds the demo world of an earlier release, which lacks what is new. "
            "Remove the demo’s folder (INTEGRITY_DATA_DIR, or /var/tmp/integrity-register-…) and "
            "run it again."
        )


def _with_own_dice(world: World) -> World:
    """The same world, whose chances leave the other registers as they were."""
    return replace(world, chance=random.Random(SEED))  # noqa: S311


def _interests(world: World) -> list[Story]:
    told = [*planted_interests(world), *ordinary_interests(world), *rounds(world)]
    return [*told, *sign_offs(world, "business_interests")]


def _contacts(world: World) -> list[Story]:
    told = [*outlets(world), *planted_contacts(world), *ordinary_contacts(world)]
    return [*told, *sign_offs(world, "media_contacts")]


def _investigations(world: World) -> list[Story]:
    cast = people_investigated(world)
    return [*planted_investigations(world, cast), *ordinary_investigations(world, cast)]
