"""How often one sender sends concerns or tries codes, without keeping who.

An address is held only as a hash under a random key, made anew each hour and mixed with the site’s
secret; key and hashes lie apart from every concern and are deleted when the hour ends (tasks.py).
"""

import secrets
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from integrity.people.models import Force
from registers.investigations.models import ConcernCount, ConcernHour

IN_ALL = 20  # so many times what one sender may send is what a force takes from everybody
TRIES = 60  # of codes, which nobody can guess anyhow
HOUSEHOLD = 64  # the bits of an IPv6 address that one sender cannot choose among


def may_send(force: Force, sender: str, *, per_hour: int, now: datetime) -> bool:
    """Count one more concern to a force; whether it is within the limits of this hour."""
    own = _count(f"send {force.pk} {sender}", now=now)
    return own <= per_hour and _count(f"send {force.pk}", now=now) <= per_hour * IN_ALL


def may_try(sender: str, *, now: datetime) -> bool:
    """Count one more try of a code; whether it is within the limit of this hour."""
    return _count(f"try {sender}", now=now) <= TRIES


def sender_of(request: HttpRequest) -> str:
    """Where a request comes from; behind a proxy (HTTPS) as the nearest one says."""
    told = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    given = told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(given)
    except ValueError:
        return given
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or int(address) >> (128 - HOUSEHOLD))


def next_hour(now: datetime) -> datetime:
    return _start(now) + timedelta(hours=1)


def forget(*, now: datetime) -> None:
    """Delete the hours that have ended, their keys and their counts."""
    ConcernHour.objects.filter(begins_at__lt=_start(now)).delete()


@transaction.atomic
def _count(what: str, *, now: datetime) -> int:
    forget(now=now)
    hour, _ = ConcernHour.objects.get_or_create(
        begins_at=_start(now), defaults={"key": secrets.token_hex(32)}
    )
    digest = salted_hmac(hour.key, what, algorithm="sha256").hexdigest()
    count, _ = ConcernCount.objects.select_for_update().get_or_create(
        digest=digest, defaults={"hour": hour}
    )
    count.number += 1
    count.save(update_fields=["number"])
    return count.number


def _start(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
