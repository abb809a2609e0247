"""Addresses of governance: meetings, the action plan, health checks and assessments."""

from django.urls import path

from registers.governance.views import (
    boards,
    clauses,
    health,
    index,
    meetings,
    notes,
    plan,
    quarterly,
    statements,
    tasks,
    threats,
)

app_name = "governance"
BOARD = "governance/boards/<int:pk>/"
MEETING = "governance/meetings/<int:pk>/"
PLAN = "governance/plan/<str:code>/"
urlpatterns = [
    path("governance/", index.index, name="index"),
    path("governance/boards/new/", boards.new, name="board-new"),
    path(BOARD, boards.board, name="board"),
    path(f"{BOARD}change/", boards.change, name="board-change"),
    path(f"{BOARD}members/new/", boards.seat, name="member-new"),
    path(f"{BOARD}members/<int:member>/end/", boards.unseat, name="member-end"),
    path(f"{BOARD}people/", boards.people, name="board-people"),
    path(f"{BOARD}meetings/new/", meetings.new, name="meeting-new"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}change/", meetings.change, name="meeting-change"),
    path(f"{MEETING}hold/", meetings.hold, name="meeting-hold"),
    path(f"{MEETING}agenda/new/", meetings.add_item, name="agenda-new"),
    path(f"{MEETING}agenda/<int:item>/change/", meetings.change_item, name="agenda-change"),
    path(f"{MEETING}papers/new/", meetings.add_paper, name="paper-new"),
    path(f"{MEETING}papers/<int:paper>/", meetings.paper, name="paper"),
    path(f"{MEETING}decisions/new/", meetings.decide, name="decision-new"),
    path(f"{MEETING}actions/new/", meetings.give_action, name="action-new"),
    path("governance/notes/new/", notes.new, name="note-new"),
    path("governance/actions/<int:pk>/", tasks.action, name="action"),
    path("governance/actions/<int:pk>/<slug:verb>/", tasks.on_action, name="action-verb"),
    path(PLAN, plan.plan, name="plan"),
    path(f"{PLAN}new/", plan.new, name="plan-new"),
    path(f"{PLAN}people/", plan.people, name="plan-people"),
    path(f"{PLAN}<int:pk>/", tasks.item, name="plan-item"),
    path(f"{PLAN}<int:pk>/<slug:verb>/", tasks.on_item, name="plan-item-verb"),
    path("governance/health/", health.checks, name="health-checks"),
    path("governance/health/<int:pk>/", health.check, name="health-check"),
    path(
        "governance/health/<int:pk>/questions/<int:question>/", health.answer, name="health-answer"
    ),
    path("governance/health/answers/<int:pk>/plan/", health.plan, name="health-plan"),
    path("governance/health/answers/<int:pk>/file/", health.evidence_file, name="health-file"),
    path("governance/clauses/", clauses.assessments, name="policy-assessments"),
    path("governance/clauses/<int:pk>/", clauses.assessment, name="policy-assessment"),
    path("governance/clauses/<int:pk>/<int:clause>/", clauses.finding, name="clause-finding"),
    path("governance/clauses/findings/<int:pk>/plan/", clauses.plan, name="clause-plan"),
    path("governance/threats/", threats.assessments, name="threat-assessments"),
    path("governance/threats/<int:pk>/", threats.assessment, name="threat-assessment"),
    path("governance/threats/<int:pk>/new/", threats.new_threat, name="threat-new"),
    path("governance/threats/one/<int:pk>/", threats.threat, name="threat"),
    path("governance/threats/one/<int:pk>/plan/", threats.plan, name="threat-plan"),
    path("governance/quarterly/", quarterly.meetings, name="quarterly-meetings"),
    path(
        "governance/quarterly/<str:code>/<slug:key>/", quarterly.meeting, name="quarterly-meeting"
    ),
    path("governance/quarterly-actions/<int:pk>/close/", quarterly.close, name="quarterly-close"),
    path("governance/statements/", statements.statements, name="statements"),
    path("governance/statements/<str:code>/new/", statements.state, name="state"),
]
