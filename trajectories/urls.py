"""The addresses of trajectories."""

from django.urls import path

from trajectories.views import agreement, commitments, goals, homes, question

app_name = "trajectories"
urlpatterns = [
    path("traject/<uuid:pk>/", homes.trajectory, name="trajectory"),
    path("opdrachtgever/", homes.commissioned, name="commissioned"),
    path("opdrachtgever/<uuid:pk>/", homes.sponsor, name="sponsor"),
    path("traject/<uuid:pk>/als-opdrachtgever/", homes.look_along, name="look_along"),
    path("traject/<uuid:pk>/vraag/", question.question, name="question"),
    path("vraag/<uuid:pk>/akkoord/", question.question_agree, name="question_agree"),
    path("vraag/<uuid:pk>/delen/", question.question_release, name="question_release"),
    path("traject/<uuid:pk>/afspraken/", agreement.agreement, name="agreement"),
    path("traject/<uuid:pk>/afspraken/wijzigen/", agreement.agreement_edit, name="agreement_edit"),
    path("traject/<uuid:pk>/afspraken/akkoord/", agreement.agree, name="agree"),
    path("mijn-afspraken/", agreement.my_agreement, name="my_agreement"),
    path("traject/<uuid:pk>/toezeggingen/", commitments.commitment_add, name="commitment_add"),
    path("toezeggingen/<uuid:pk>/gedaan/", commitments.commitment_done, name="commitment_done"),
    path("traject/<uuid:pk>/doelen/", goals.goals, name="goals"),
    path("traject/<uuid:pk>/doelen/nieuw/", goals.goal_new, name="goal_new"),
    path("mijn-doelen/", goals.my_goals, name="my_goals"),
    path("doelen/<uuid:pk>/", goals.goal, name="goal"),
    path("doelen/<uuid:pk>/wijzigen/", goals.goal_edit, name="goal_edit"),
    path("doelen/<uuid:pk>/akkoord/", goals.goal_agree, name="goal_agree"),
    path("doelen/<uuid:pk>/delen/", goals.goal_share, name="goal_share"),
    path("doelen/<uuid:pk>/loslaten/", goals.goal_let_go, name="goal_let_go"),
]
