"""The page that keeps what stands behind a figure of the return in which no case is counted."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from registers.oversight.asking import Asked

# Pages that everybody opens who reads the return, and the references of the figures kept there.
OF_ALL: Mapping[str, Sequence[str]] = {
    "governance:statements": ("R1", "R7", "R8", "C1", "C2", "C3", "C4"),
    "admin:crosschecks-checks": ("R4", "R5", "R6"),
    "admin:nil-returns": ("R9",),
    "policies": ("P1", "P2", "P3"),
    "admin:procurement-purchases": ("O1", "O2", "O3", "O4"),
    "admin:media-samples": ("O6",),
    "governance:health-checks": ("O7",),
}
OF_PSD: Mapping[str, Sequence[str]] = {
    "admin:media-meeting": ("O5",),
    "admin:investigations-figures": ("N1", "N2"),
}
PLAN = ("O8", "O9", "O10")


def place_of(ref: str, asked: Asked, *, of_psd: bool) -> str:
    """The address of the page for this reader; empty where there is none that they open."""
    whole = ref.partition(".")[0]
    if whole in PLAN:
        if len(asked.forces) > 1:
            return reverse("governance:index")
        return reverse("governance:plan", args=[asked.forces[0].code])
    pages = {**OF_ALL, **OF_PSD} if of_psd else OF_ALL
    return next((reverse(name) for name, refs in pages.items() if whole in refs), "")
