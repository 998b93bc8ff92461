"""The addresses as a development run has them."""

from django.urls import include, path

from coaching import addresses

urlpatterns = [
    path("", include(([*addresses.urlpatterns, *addresses.development(True)], "coaching"))),
    path("", include("trajectories.urls")),
    path("", include("sessions.urls")),
]
