"""Suggested merges: which wait for a ruling, and whose names are worth comparing with one record's."""

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from registers.organisations.matching.vocabulary import look_up
from registers.organisations.models import MergeSuggestion, Organisation

NOBODY = 0  # no record has this number, so that a name nobody knows costs what any other does
ASKED = 43  # of 100: less alike is no question for an analyst, and only the cross-checks look at it
KEPT = 20  # of 100: less alike is not kept
SURE_ENOUGH = 90  # of 100: the two are spoken of as one before anybody has ruled
MOST_ALIKE = 40  # records worth scoring for one name
LIKENESS = 0.4  # pg_trgm's similarity of two keys
TELLING = 5e-3  # a word that more names hold than this says nothing: 'services'
RARE = 1e-4  # a word that fewer names hold than this finds its record however else they differ


def waiting(departments: Collection[int] | QuerySet) -> QuerySet[MergeSuggestion]:
    """What nobody has ruled on: two records still, alike still, without numbers that differ."""
    found = MergeSuggestion.objects.filter(department__in=departments, ruling="", score__gte=ASKED)
    two = found.annotate(
        root_of_one=Coalesce("one__merged_into", "one"),
        root_of_other=Coalesce("other__merged_into", "other"),
    ).exclude(root_of_one=F("root_of_other"))
    return two.filter(numbers_agree())


def numbers_agree() -> Q:
    """Pairs without different numbers of one register."""
    agree = Q()
    for number in ("company_number", "charity_number"):
        one, other = f"one__{number}", f"other__{number}"
        agree &= Q(**{one: ""}) | Q(**{other: ""}) | Q(**{one: F(other)})
    return agree


def sure(organisations: Collection[int]) -> dict[int, str]:
    """Records that are nearly certainly one of these, by what they are called; nobody ruled on it."""
    between = Q(one__in=organisations) | Q(other__in=organisations)
    unruled = MergeSuggestion.objects.filter(
        between, numbers_agree(), ruling="", score__gte=SURE_ENOUGH
    )
    found = {}
    for each in unruled.select_related("one", "other"):
        near = each.other if each.one_id in organisations else each.one
        if near.pk not in organisations:
            found[near.pk] = near.name
    return found


# Row-level security keeps the trigram index from being used, so what is cheap to see is asked first.
ALIKE = """
SELECT id FROM (
  SELECT o.id, o.key FROM organisations_organisation o WHERE o.department_id = %(department)s
  UNION ALL
  SELECT n.organisation_id, n.key FROM organisations_organisationname n
  WHERE n.department_id = %(department)s
) named
WHERE id <> ALL (%(besides)s)
  AND CASE WHEN ' ' || key LIKE ANY (%(begin)s)
           THEN similarity(key, %(key)s) >= %(likeness)s OR ' ' || key || ' ' LIKE ANY (%(rare)s)
                OR replace(key, ' ', '') = %(joined)s
           ELSE false END
GROUP BY id
ORDER BY max(similarity(key, %(key)s)) DESC, id
LIMIT %(most)s
"""


def alike_in_database(key: str, department_id: int, besides: Collection[int] = ()) -> list[int]:
    """Records of a department whose names are worth scoring against one, the likest first.

    By letters, by the rarest of its words, and by the same letters otherwise spaced; one word that
    tells something has to begin alike. Initials, and a slip at a word's beginning, are left to the
    nightly run, which reads every name at once.
    """
    shares = {word: look_up(word)[0] for word in key.split()}
    telling = [word for word, share in shares.items() if share <= TELLING] or list(shares)
    asked: dict[str, Any] = {
        "department": department_id,
        "key": key,
        "likeness": LIKENESS,
        "begin": [f"% {word[:3]}%" for word in telling],
        "rare": [f"% {word} %" for word, share in shares.items() if share <= RARE],
        "joined": key.replace(" ", ""),
        "besides": list(besides),
        "most": MOST_ALIKE,
    }
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, asked)
        found = [pk for (pk,) in cursor.fetchall()]
    in_order = {pk: place for place, pk in enumerate(found)}
    asked_of = [NOBODY, *found]  # as many queries for a name nobody has
    roots = Organisation.objects.filter(pk__in=asked_of).values_list("pk", "merged_into")
    by_place = sorted(roots, key=lambda each: in_order[each[0]])
    return list(dict.fromkeys(root or pk for pk, root in by_place))
