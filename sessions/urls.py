"""The addresses of sessions."""

from django.urls import path

from sessions.views import homes

app_name = "sessions"
urlpatterns = [
    path("vandaag/", homes.today, name="today"),
    path("trajecten/", homes.trajectories, name="trajectories"),
    path("nu/", homes.now, name="now"),
    path("traject/<uuid:pk>/draad/", homes.detail, name="detail"),
]
