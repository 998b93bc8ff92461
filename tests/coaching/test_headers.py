"""Do the headers of security.md stand, word for word, on every kind of answer?"""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from coaching.urls import urlpatterns as real

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@login_not_required
def page(request):
    return HttpResponse("a page")


@login_not_required
def link_page(request):
    return HttpResponse("came by a link", headers={"Referrer-Policy": "no-referrer"})


@login_not_required
@cache_control(public=True, max_age=600)
@vary_on_headers("Accept-Encoding", "hx-request")
def careless(request):
    return HttpResponse("a page that would be kept")


@login_not_required
def moved(request):
    return HttpResponseRedirect("/page/")


@login_not_required
def document(request):
    return HttpResponse(b"%PDF-", content_type="application/pdf")


@login_not_required
def broken(request):
    raise ValueError("zwaluwstaart")


@require_POST
@login_not_required
def verb(request):
    return HttpResponse()


urlpatterns = [
    path("page/", page),
    path("link/", link_page),
    path("careless/", careless),
    path("moved/", moved),
    path("document/", document),
    path("broken/", broken),
    path("verb/", verb),
    *real,
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.coaching.test_headers")]


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "status"),
    [("/page/", 200), ("/moved/", 302), ("/document/", 200), ("/nowhere/", 404), ("/verb/", 405), ("/broken/", 500), ("/", 302)],
)
@pytest.mark.parametrize("fragment", [False, True])
def test_every_answer_carries_them(visitor, address, status, fragment):
    answer = visitor.get(address, headers={"HX-Request": "true"} if fragment else {})
    assert answer.status_code == (401 if fragment and address == "/" else status)
    assert {name: answer.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert answer["Cache-Control"] == "no-store"
    assert answer["Vary"].startswith("Cookie, HX-Request")
    assert len(answer["X-Request-ID"]) == 16


def test_a_view_cannot_loosen_them_by_accident(visitor):
    answer = visitor.get("/careless/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Vary"].split(", ").count("HX-Request") == 1
    assert "Accept-Encoding" in answer["Vary"]


def test_a_link_page_tells_nobody_where_one_came_from(visitor):
    assert visitor.get("/link/")["Referrer-Policy"] == "no-referrer"


def test_static_files_may_be_kept_but_a_missing_one_not(visitor, settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    settings.DEBUG = True
    (tmp_path / "a.css").write_text("p {}")
    answer = visitor.get("/static/a.css")
    assert (answer.status_code, answer.get("Cache-Control")) == (200, "max-age=0, public")
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.getvalue() == b"p {}"
    answer.close()
    assert visitor.get("/static/b.css")["Cache-Control"] == "no-store"


def test_production_asks_for_https_for_a_year(visitor, settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    assert visitor.get("/page/", secure=True)["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")
