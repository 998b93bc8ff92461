"""The addresses of sessions."""

app_name = "sessions"
urlpatterns = []
