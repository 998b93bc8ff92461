"""Which address leads where?"""

from django.urls import include, path

urlpatterns = [
    path("", include("coaching.addresses")),
    path("", include("trajectories.urls")),
    path("", include("sessions.urls")),
]
