from django.urls import path

from integrity.casework.views import files, nil_returns, pages, receipts, signoffs, subject_access

app_name = "casework"
urlpatterns = [
    path("team/", pages.team, name="team"),
    path("notices/", pages.notices, name="notices"),
    path("notices/<int:pk>/open/", pages.open_notice, name="open-notice"),
    path("drafts/<uuid:pk>/discard/", pages.discard_draft, name="discard-draft"),
    path("attachments/<int:pk>/", files.attachment, name="attachment"),
    path("receipts/<slug:reference>/<int:pk>/", receipts.receipt, name="receipt"),
    path("receipts/<slug:reference>/<int:pk>.json", receipts.receipt_file, name="receipt-file"),
    path("nil-returns/", nil_returns.nil_returns, name="nil-returns"),
    path("nil-returns/<int:pk>/withdraw/", nil_returns.withdraw, name="withdraw-nil"),
    path("my-data/", subject_access.subject_access, name="subject-access"),
    path("my-data/file/", subject_access.subject_access_file, name="subject-access-file"),
    path("sign-offs/", signoffs.sign_offs, name="sign-offs"),
    path("sign-offs/<str:code>/<slug:slug>/", signoffs.sign_off, name="sign-off"),
]
