"""The ledger as the public sees it: checkpoints, proofs, the key, and the check of a receipt.

Nobody is signed in here and row-level security reaches nothing: hashes, sizes and signatures are all
that can be read, and they tell nothing of what was recorded.
"""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from integrity.audit import ledger, verify_receipt
from integrity.audit.checking import judge
from integrity.audit.forms import CheckForm
from integrity.audit.models import Checkpoint, Log
from integrity.audit.verify_receipt import VerifierKey

TEXT = "text/plain; charset=utf-8"


def key_or_404() -> VerifierKey:
    found = ledger.verifier_key()
    if found is None:
        raise Http404("The register has no key yet.")
    return found


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the ledger is, the key, and each log's newest checkpoint."""
    newest = Checkpoint.objects.filter(log=OuterRef("pk")).order_by("-size")
    logs = Log.objects.annotate(
        note=Subquery(newest.values("note")[:1]),
        sealed_at=Subquery(newest.values("made_at")[:1]),
        sealed_size=Subquery(newest.values("size")[:1]),
    )
    sealed = [log for log in logs if log.note]
    return render(request, "ledger/index.html", {"logs": sealed, "key": ledger.verifier_key()})


@login_not_required
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{key_or_404()}\n", content_type=TEXT)


@login_not_required
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The stand-alone verifier, as this register itself uses it."""
    text = Path(verify_receipt.__file__).read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="verify_receipt.py"'}
    return HttpResponse(text, content_type=TEXT, headers=headers)


@login_not_required
@require_safe
def checkpoint(request: HttpRequest, code: str) -> HttpResponse:
    """A log's newest checkpoint, as it was signed."""
    return HttpResponse(newest_or_404(code).note, content_type=TEXT)


def newest_or_404(code: str) -> Checkpoint:
    found = ledger.newest_checkpoint(get_object_or_404(Log, code=code).pk)
    if found is None:
        raise Http404("This log has no checkpoint yet.")
    return found


@login_not_required
@require_safe
def consistency(request: HttpRequest, code: str) -> HttpResponse:
    """Proof that a later checkpoint continues an earlier one; nothing past the newest is told."""
    newest = newest_or_404(code)
    old, new = (whole_number(request.GET.get(name, "")) for name in ("from", "to"))
    if not (old and new and old <= new <= newest.size):
        return HttpResponseBadRequest(
            "Give two sizes of this log, as in ?from=10&to=20: whole numbers from 1 to "
            f"{newest.size}, the earlier first.\n",
            content_type=TEXT,
        )
    return JsonResponse(ledger.consistency(newest.log, old, new))


def whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Whether a receipt proves what it says, and whether the ledger still holds it."""
    known, verdict = ledger.verifier_key(), None
    form = CheckForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if known is not None and form.is_bound and form.is_valid():
        verdict, form = judge(form.receipt, known), CheckForm()
    status = 422 if form.is_bound else 200
    context = {"form": form, "verdict": verdict, "key": known}
    return render(request, "ledger/check.html", context, status=status)
