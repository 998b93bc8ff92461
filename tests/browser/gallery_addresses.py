"""Where is the gallery during tests? Its own address exists in a development run only, and tests are none."""

from django.urls import path

from coaching.urls import urlpatterns as house
from coaching.views.gallery import gallery

urlpatterns = [path("onderdelen/", gallery), *house]
