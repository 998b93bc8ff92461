"""The addresses of trajectories."""

app_name = "trajectories"
urlpatterns = []
