"""The addresses of people and of the house itself."""

app_name = "coaching"
urlpatterns = []
