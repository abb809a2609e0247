"""Posts on social media: recorded, and looked at again until they are gone (HMIC 2012, p. 34)."""

from datetime import date, datetime

from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.investigations.actions.step import finish, set_recheck_task, take
from registers.investigations.enums import Verb
from registers.investigations.facts import PostFacts
from registers.investigations.models import Investigation, PostCheck, SocialMediaPost
from registers.investigations.policies import next_look, why_not_on


@action
def record_post(
    investigation: Investigation, *, facts: PostFacts, by: User, now: datetime, version: int | None
) -> Investigation:
    """Record the account, what is wrong with the post, what was done and when to look again."""
    investigation = take(Verb.RECORD_POST, investigation, by=by, version=version)
    today = timezone.localdate(now)
    if not facts.account.strip():
        raise Denied("Say which account the post is on.")
    problem = why_not_on(facts.found_on, today=today, what="on which it was found")
    if problem:
        raise Denied(problem)
    post = SocialMediaPost.objects.create(
        investigation=investigation,
        platform=facts.platform,
        account=facts.account,
        address=facts.address,
        behaviour=facts.behaviour,
        action=facts.action,
        found_on=facts.found_on,
        next_check_on=facts.next_check_on or next_look(investigation.policy, today),
        made_at=now,
        made_by=by,
    )
    set_recheck_task(investigation, now=now)
    finish(
        Verb.RECORD_POST,
        investigation,
        investigation.status,
        by=by,
        now=now,
        reason=facts.action,
        facts={"platform": facts.platform, "behaviour": facts.behaviour, "post": post.pk},
    )
    return investigation


@action
def recheck(
    investigation: Investigation,
    *,
    post: SocialMediaPost,
    still_there: bool,
    by: User,
    now: datetime,
    version: int | None,
    checked_on: date | None = None,
    note: str = "",
) -> Investigation:
    """Record whether a post is still to be seen; if so, it is looked at again."""
    investigation = take(Verb.RECHECK, investigation, by=by, version=version)
    looked_at = investigation.posts.filter(pk=post.pk, gone_on=None).first()
    if looked_at is None:
        raise Denied("This post is gone already.")
    today = timezone.localdate(now)
    day = checked_on or today
    problem = why_not_on(day, today=today, since=looked_at.found_on, what="of the look")
    if problem:
        raise Denied(problem)
    PostCheck.objects.create(
        post=looked_at,
        checked_on=day,
        still_there=still_there,
        note=note,
        checked_at=now,
        checked_by=by,
    )
    looked_at.gone_on = None if still_there else day
    looked_at.next_check_on = next_look(investigation.policy, day) if still_there else None
    looked_at.save(update_fields=["gone_on", "next_check_on"])
    set_recheck_task(investigation, now=now)
    seen = "Still to be seen" if still_there else "Gone"
    finish(
        Verb.RECHECK,
        investigation,
        investigation.status,
        by=by,
        now=now,
        reason=f"{seen}: {looked_at}. {note}".strip(),
        facts={"post": looked_at.pk, "still_there": still_there},
    )
    return investigation
