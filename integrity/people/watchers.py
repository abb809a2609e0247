"""The point at which an app asks to be told, in the same transaction, that somebody's record changed.

The platform below knows nobody above it, so whoever wants to know registers from ``AppConfig.ready()``.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from integrity.people.models import User

# person, {field: [before, after]} in plain values, who changed it, when
Watcher = Callable[[User, Mapping[str, Any], User | None, datetime], None]

_watchers: list[Watcher] = []


def watch_people(watcher: Watcher) -> None:
    if watcher not in _watchers:
        _watchers.append(watcher)


def tell_watchers(
    person: User, changed: Mapping[str, Any], *, by: User | None, now: datetime
) -> None:
    for watcher in _watchers:
        watcher(person, changed, by, now)
