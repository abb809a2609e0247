from django.urls import path, register_converter

from registers.business_interests.views import cases, drafts, oversight, papers


class InterestStepConverter:
    """A step of an application, as its address names it."""

    regex = "holder|work|organisation|property|licence|hours|working-time|conflict"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(InterestStepConverter, "interest_step")

app_name = "business_interests"
DRAFT = "interests/drafts/<uuid:pk>/"
urlpatterns = [
    path("interests/start/", drafts.start, name="start"),
    path(f"{DRAFT}<interest_step:step>/", drafts.step, name="draft"),
    path(f"{DRAFT}<interest_step:step>/autosave/", drafts.autosave, name="autosave"),
    path(f"{DRAFT}check/", drafts.check, name="check"),
    path("interests/listed/", drafts.listed, name="listed"),
    path("interests/views/", oversight.views, name="views"),
    path("interests/refusals/", oversight.refusals, name="refusals"),
    path("interests/refusals/<str:code>/", oversight.refusals_of, name="refusals-of"),
    path("interests/pdr/<int:pk>/", oversight.pdr, name="pdr"),
    path("interests/pdr/<int:pk>/pack.pdf", oversight.pdr_pdf, name="pdr-pdf"),
    path("interests/<slug:reference>/", cases.case, name="case"),
    path("interests/<slug:reference>/done/", cases.done, name="done"),
    path("interests/<slug:reference>/notice/<int:pk>/", papers.notice, name="notice"),
    path(
        "interests/<slug:reference>/notice/<int:pk>/notice.pdf",
        papers.notice_pdf,
        name="notice-pdf",
    ),
    path("interests/<slug:reference>/<slug:verb>/", cases.verb, name="verb"),
]
