"""The addresses of trajectories."""

from django.urls import path

from trajectories.views import homes

app_name = "trajectories"
urlpatterns = [
    path("traject/<uuid:pk>/", homes.trajectory, name="trajectory"),
    path("opdrachtgever/", homes.commissioned, name="commissioned"),
    path("opdrachtgever/<uuid:pk>/", homes.sponsor, name="sponsor"),
    path("traject/<uuid:pk>/als-opdrachtgever/", homes.look_along, name="look_along"),
]
