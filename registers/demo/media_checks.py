"""What the press office checks in the stories: a sample, coverage that quotes somebody, leaks, the meeting."""

from datetime import timedelta

from django.utils import timezone

from registers.demo.data import media as said
from registers.demo.data.places import CUSTODY, INVESTIGATION
from registers.demo.media_acts import acknowledge, coverage, log, press_of, somebody
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.media_contacts import actions
from registers.media_contacts.compliance import contacts_of, named_in, quoted_in
from registers.media_contacts.enums import Basis, Evidence
from registers.media_contacts.models import SampledWeek

WEEKS, CHECKED = 12, 6
MISSING = (1, 4)  # of the weeks that were checked, those in which one call was never logged
SEED = 1903


def checks(world: World) -> list[Story]:
    return [_sample(world), _quoted(world), _leak(world), _talked_over(world)]


def _sample(world: World) -> Story:
    """Twelve weeks drawn at random, half of them checked; two calls had not been logged."""
    by, force = press_of(world, "NMR"), world.forces["NMR"]
    yield (at := world.ago(26, 10))
    sample = actions.draw_sample(
        force=force,
        starts_on=world.today - timedelta(days=90),
        ends_on=world.today - timedelta(days=30),
        size=WEEKS,
        seed=SEED,
        by=by,
        now=at,
    )
    for number, week in enumerate(sample.weeks.all()[:CHECKED]):
        yield (at := world.ago(22 - number, 11))
        missing = number in MISSING
        actions.check_week(
            week,
            evidence=Evidence.DIARY if number % 3 == 0 else Evidence.TELEPHONE,
            shown=_logged(week) + missing,
            note="A call of nine minutes to the Lantern’s newsdesk." if missing else "",
            by=by,
            now=at,
        )


def _logged(week: SampledWeek) -> int:
    last = week.starts_on + timedelta(days=6)
    return contacts_of(week.officer, week.starts_on, last).count()


def _quoted(world: World) -> Story:
    """The Lantern quotes a custody inspector who logged nothing, and knows an hour that few knew."""
    by, force = press_of(world, "NMR"), world.forces["NMR"]
    quoted = somebody(world, "NMR", CUSTODY, "Insp")
    yield (at := world.ago(6, 9))
    text = (
        "The two men were brought in at ten to three and one was taken to hospital within the hour. "
        f"“We followed every rule,” said Inspector {quoted.name}, who runs the cells."
    )
    facts = coverage(world.today - timedelta(days=7), "Ten to three: a night in the cells",
                     said.LANTERN, text)  # fmt: skip
    found = actions.add_coverage(facts=facts, force=force, by=by, now=at)
    named = quoted_in(
        named_in(text, force), published_on=found.published_on, outlet=found.outlet, days=7
    )
    explained = {each.officer: next(iter(each.contacts), None) for each in named}
    actions.keep_quotations(found, found=explained, by=by, now=at)
    yield (at := world.ago(6, 10))
    why = "The hour of the arrests is only in the custody record, and no contact was logged."
    actions.flag_coverage(found, why=why, by=by, now=at)
    yield (at := world.ago(5, 15))
    line = "Who in custody knew the hour? The press office has asked nobody yet."
    actions.add_meeting_item(force=force, text=line, coverage=found, by=by, now=at)


def _leak(world: World) -> Story:
    """A contact that was logged, and coverage the next day with what the call should not have told."""
    by = press_of(world, "NMR")
    yield (at := world.ago(15, 17))
    contact = log(
        somebody(world, "NMR", INVESTIGATION, "DCI"),
        at,
        "The search of a house in Weavers’ Row",
        said.CORDELIA,
        basis=Basis.NON_REPORTABLE,
    )
    yield (at := world.ago(14, 10))
    contact = acknowledge(contact, by, at)
    headline = "Neighbour tells of dawn search"
    facts = coverage(timezone.localdate(at), headline, said.LODESTAR)
    contact = actions.link_coverage(contact, facts=facts, by=by, now=at, version=None)
    yield (at := world.ago(13, 11))
    actions.flag_leak(
        contact,
        why="It names the family, whom nobody had named, a day after a call that was not reportable.",
        coverage=contact.coverage_links.get().coverage,
        by=by,
        now=at,
        version=None,
    )


def _talked_over(world: World) -> Story:
    """A line of an earlier meeting, with what came of it."""
    by, force = press_of(world, "NMR"), world.forces["NMR"]
    yield (at := world.ago(70, 10))
    text = (
        "The radio rings response sergeants at night. Do they know the number of the press office?"
    )
    item = actions.add_meeting_item(force=force, text=text, by=by, now=at)
    yield (at := world.ago(63, 14))
    result = "The number goes on the back of every sergeant’s card."
    actions.close_meeting_item(item, result=result, by=world["head.alliance"], now=at)
