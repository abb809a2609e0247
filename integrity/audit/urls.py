"""The ledger's public pages: nobody needs to sign in."""

from django.urls import path

from integrity.audit import views

app_name = "ledger"
urlpatterns = [
    path("ledger/", views.index, name="index"),
    path("ledger/check/", views.check, name="check"),
    path("ledger/key", views.key, name="key"),
    path("ledger/verify_receipt.py", views.verifier, name="verifier"),
    path("ledger/<slug:code>/checkpoint", views.checkpoint, name="checkpoint"),
    path("ledger/<slug:code>/consistency", views.consistency, name="consistency"),
]
