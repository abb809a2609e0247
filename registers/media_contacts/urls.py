from django.urls import path

from registers.media_contacts.views import cases, guide, log, statements, suggest

app_name = "media_contacts"
urlpatterns = [
    path("media/log/", log.log, name="log"),
    path("media/guide/", guide.guide, name="guide"),
    path("media/statement/", statements.statement, name="statement"),
    path("media/journalists/suggest/", suggest.journalists, name="suggest-journalists"),
    path("media/outlets/suggest/", suggest.outlets, name="suggest-outlets"),
    path("media/colleagues/suggest/", suggest.colleagues, name="suggest-colleagues"),
    path("media/<slug:reference>/", cases.case, name="case"),
    path("media/<slug:reference>/done/", cases.done, name="done"),
    path("media/<slug:reference>/offer/", cases.begin_offer, name="begin-offer"),
    path("media/<slug:reference>/<slug:verb>/", cases.verb, name="verb"),
]
