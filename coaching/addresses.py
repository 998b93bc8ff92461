"""The addresses of people and of the house itself."""

from django.conf import settings
from django.urls import path

from coaching.views import accounts, addresses, calendars, discreet, gallery, organisation, outbox, passwords, pool, staff, staff_lists

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
    path("rustig/", discreet.discreet, name="discreet"),
    path("still-here/", accounts.still_here, name="still_here"),
    path("wat-we-bewaren/", accounts.kept, name="kept"),
    path("wachtwoord-vergeten/", passwords.password_forgotten, name="password_forgotten"),
    path("wachtwoord/<str:uid>/<str:token>/", passwords.password_link, name="password_link"),
    path("account/", addresses.account, name="account"),
    path("account/agenda/adres/", calendars.feed_new, name="feed_new"),
    path("account/agenda/intrekken/", calendars.feed_revoke, name="feed_revoke"),
    path("account/wachtwoord/", passwords.password_change, name="password_change"),
    path("account/adres/", addresses.address_change, name="address_change"),
    path("account/adres/<str:token>/", addresses.address_confirm, name="address_confirm"),
    path("beheer/organisatie/", organisation.organisation, name="organisation"),
    path("beheer/onderdelen/", organisation.units, name="units"),
    path("beheer/onderdelen/<uuid:pk>/", organisation.unit, name="unit"),
    path("beheer/onderdelen/<uuid:pk>/weg/", organisation.unit_remove, name="unit_remove"),
    path("beheer/accounts/", staff.accounts, name="accounts"),
    path("beheer/accounts/nieuw/", staff.account_new, name="account_new"),
    path("beheer/accounts/<uuid:pk>/", staff.account_of, name="account_of"),
    path("beheer/accounts/<uuid:pk>/uitnodigen/", staff.account_invite, name="account_invite"),
    path("beheer/accounts/<uuid:pk>/uit/", staff.account_deactivate, name="account_deactivate"),
    path("beheer/accounts/<uuid:pk>/aan/", staff.account_reactivate, name="account_reactivate"),
    path("medewerkers/", staff_lists.staff_list, name="staff_list"),
    path("medewerkers/<uuid:pk>/", staff_lists.staff_import, name="staff_import"),
    path("medewerkers/<uuid:pk>/kolommen/", staff_lists.staff_columns, name="staff_columns"),
    path("medewerkers/<uuid:pk>/overnemen/", staff_lists.staff_take_over, name="staff_take_over"),
    path("medewerkers/<uuid:pk>/opzij/", staff_lists.staff_put_aside, name="staff_put_aside"),
    path("medewerkers/<uuid:pk>/te-verbeteren/", staff_lists.staff_refused, name="staff_refused"),
    path("medewerkers/<uuid:pk>/afwezig/", staff_lists.staff_absent, name="staff_absent"),
    path("pool/", pool.pool, name="pool"),
    path("pool/<uuid:pk>/erin/", pool.pool_put, name="pool_put"),
    path("pool/<uuid:pk>/eruit/", pool.pool_take, name="pool_take"),
    path("profiel/", pool.coach_profile, name="coach_profile"),
    *development(settings.DEBUG),
]
