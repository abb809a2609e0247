"""Addresses of oversight: dashboards, returns and packs, and the entries behind a figure."""

from django.urls import path

from registers.oversight.views import boards, dashboards, packs, pages, psd_files, returns

app_name = "oversight"
urlpatterns = [
    path("oversight/", pages.index, name="index"),
    path("oversight/psd/", dashboards.psd, name="psd"),
    path("oversight/psd/<slug:slug>.csv", psd_files.csv, name="psd-csv"),
    path("oversight/psd/<slug:slug>.xlsx", psd_files.xlsx, name="psd-xlsx"),
    path("oversight/entries/", dashboards.behind, name="entries"),
    path("oversight/now/", dashboards.now, name="now"),
    path("oversight/boards/<str:code>/", boards.board, name="board"),
    path("oversight/boards/<str:code>/pack.pdf", packs.pdf, name="pack-pdf"),
    path("oversight/boards/<str:code>/pack.xlsx", packs.xlsx, name="pack-xlsx"),
    path("oversight/boards/<str:code>/pack/<slug:slug>.csv", packs.csv, name="pack-csv"),
    path("oversight/boards/<str:code>/<slug:slug>.csv", boards.csv, name="board-csv"),
    path("oversight/boards/<str:code>/<slug:slug>.xlsx", boards.xlsx, name="board-xlsx"),
    path("oversight/return/", returns.inspection, name="return"),
    path("oversight/return.xlsx", returns.inspection_file, name="return-file"),
]
