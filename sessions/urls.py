"""The addresses of sessions."""

from django.urls import path

from sessions.views import actions, appointments, homes, journal, log, methods, session, silence, takeaway

app_name = "sessions"
urlpatterns = [
    path("vandaag/", homes.today, name="today"),
    path("vandaag/stilte/", silence.silence, name="silence"),
    path("trajecten/", homes.trajectories, name="trajectories"),
    path("nu/", homes.now, name="now"),
    path("traject/<uuid:pk>/draad/", homes.detail, name="detail"),
    path("traject/<uuid:pk>/stilte/", silence.silence_of, name="silence_of"),
    path("traject/<uuid:pk>/sessie-plannen/", appointments.session_new, name="session_new"),
    path("traject/<uuid:pk>/actie/", actions.action_add, name="action_add"),
    path("traject/<uuid:pk>/dagboek/", journal.journal, name="journal"),
    path("traject/<uuid:pk>/notities/", journal.note, name="note"),
    path("actie/<uuid:pk>/", actions.action_done, name="action_done"),
    path("gesprekken/", session.my_sessions, name="my_sessions"),
    path("vlieguren/", session.hours, name="hours"),
    path("methoden/", methods.methods, name="methods"),
    path("methoden/nieuw/", methods.method_new, name="method_new"),
    path("methoden/<uuid:pk>/", methods.method, name="method"),
    path("methoden/<uuid:pk>/weg/", methods.method_retire, name="method_retire"),
    path("methoden/<uuid:pk>/terug/", methods.method_take_up, name="method_take_up"),
    path("sessie/<uuid:pk>/", session.session, name="session"),
    path("sessie/<uuid:pk>/verzetten/", appointments.session_move, name="session_move"),
    path("sessie/<uuid:pk>/afzeggen/", appointments.session_cancel, name="session_cancel"),
    path("sessie/<uuid:pk>/niet-geweest/", appointments.session_missed, name="session_missed"),
    path("sessie/<uuid:pk>/onderwerp/", takeaway.topic, name="topic"),
    path("sessie/<uuid:pk>/opbrengst/", takeaway.takeaway, name="takeaway"),
    path("sessie/<uuid:pk>/verslag/", log.log, name="log"),
    path("sessie/<uuid:pk>/verslag/delen/", log.share, name="share"),
    path("sessie/<uuid:pk>/verslag/terugnemen/", log.unshare, name="unshare"),
    path("sessie/<uuid:pk>/verslag/weggooien/", log.log_throw_away, name="log_throw_away"),
]
