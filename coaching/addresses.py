"""The addresses of people and of the house itself."""

from django.conf import settings
from django.urls import path

from coaching.views import accounts, addresses, gallery, outbox, passwords

app_name = "coaching"


def development(debug):
    """Pages of a development run only: one click logs in as one of the demo people, and mails can be read without a mailbox."""
    if not debug:
        return []
    return [
        path("demo/<uuid:pk>/", accounts.demo_login, name="demo_login"),
        path("post/", outbox.post, name="post"),
        path("onderdelen/", gallery.gallery, name="gallery"),
    ]


urlpatterns = [
    path("", accounts.home, name="home"),
    path("inloggen/", accounts.login, name="login"),
    path("uitloggen/", accounts.logout, name="logout"),
    path("kijk-als/", accounts.look_as, name="look_as"),
    path("still-here/", accounts.still_here, name="still_here"),
    path("wat-we-bewaren/", accounts.kept, name="kept"),
    path("wachtwoord-vergeten/", passwords.password_forgotten, name="password_forgotten"),
    path("wachtwoord/<str:uid>/<str:token>/", passwords.password_link, name="password_link"),
    path("account/", addresses.account, name="account"),
    path("account/wachtwoord/", passwords.password_change, name="password_change"),
    path("account/adres/", addresses.address_change, name="address_change"),
    path("account/adres/<str:token>/", addresses.address_confirm, name="address_confirm"),
    *development(settings.DEBUG),
]
