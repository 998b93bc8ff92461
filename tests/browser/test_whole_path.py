"""Can four people go from the first request to the report, by what stands on the pages alone, with JavaScript and without? (R2–R24)"""

import subprocess

import pytest
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now, today
from coaching.models import Organisation, OrgUnit
from coaching.traces import look
from sessions.models import CoachingSession, Log, Takeaway
from tests.makers import PASSWORD, make_person
from tests.trajectories.opening import DAY, MINUTE, SENTENCES
from trajectories.models import Goal, GoalVersion, Preparation, Question, Report, State, Trajectory

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Laten liggen wat van een ander is"
SECRET = "kraanvogel"  # noqa: S105 stands in everything that the coach logs, and nowhere else
GOAL = {"title": TITLE, "now": "Ik neem alles over.", "then": "Ik vraag eerst van wie het is.", "why": "Dan houd ik het vol."}
GOAL |= {"measure": "Het team hoort mij dat vragen.", "support": "Iemand die meekijkt.", **SENTENCES}


class Visitor:
    """One person in a browser of their own. `never`: words that may stand on no page that they open."""

    def __init__(self, page, server, person, *, javascript, never=""):
        self.page, self.server, self.person, self.javascript, self.never = page, server, person, javascript, never
        self.complaints = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def log_in(self):
        self.open("coaching:login")
        self.page.fill("[name=email]", self.person.email)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "inloggen" not in url)
        return self

    def open(self, name, *keys, status=200):
        answer = self.page.goto(self.server.url + reverse(name, args=keys))
        assert answer.status == status, f"{name}: {answer.status}"
        self.look_around()

    def look_around(self):
        """Nothing went wrong here, and nothing stands here that is not theirs."""
        summary = self.page.locator(".error-summary")
        assert summary.count() == 0, summary.inner_text()
        assert not self.never or self.never not in self.page.content().lower()

    def pick(self, name, value):
        """A radio button, a chip or a switch, by the label around it."""
        self.page.locator(f"label:has([name='{name}'][value='{value}'])").click()

    def type(self, **words):
        """Fill in fields. With JavaScript on, go on when the last of them is kept: an autosave and a post would share one connection."""
        *others, last = words
        for name in others:
            self.page.fill(f"main [name='{name}']", words[name])
        if self.javascript and self.page.locator(f"form[data-keeps] [name='{last}']").count():
            with self.page.expect_response(lambda response: _keeps(response.request, last)):
                self._leave(last, words[last])
        else:
            self._leave(last, words[last])

    def _leave(self, name, words):
        field = self.page.locator(f"main [name='{name}']")
        field.fill(words)
        field.blur()

    def press(self, selector, *, to):
        """Post, and arrive on a page whose path ends like that, also when that is where one was."""
        with self.page.expect_navigation(url=lambda url: url.split("#")[0].endswith(to)):
            self.page.locator(selector).click()
        self.look_around()

    def put_down(self, form):
        """At the table: what is put down stands there at once, by a script or by a page that comes back."""
        self.page.locator(f"{form} button").click()
        expect(self.page.locator(f"{form} .saved")).to_be_visible()
        self.look_around()

    def send(self, name, *keys, to):
        """Press the button of the form that posts to the page of that name."""
        self.press(f"form[action='{reverse(name, args=keys)}'] button.button:not(.button--text)", to=to)


def _keeps(request, name):
    """Whether this request is an autosave in which that field is no longer empty."""
    return "x-keep" in request.headers and f"&{name}=&" not in f"&{request.post_data}&"


class Path:
    """The trajectory that they walk; its state and its addresses."""

    def __init__(self, people):
        self.client, self.sponsor, self.coach, self.desk = people

    @property
    def trajectory(self):
        return Trajectory.objects.get()

    @property
    def pk(self):
        return self.trajectory.pk

    def at(self, name):
        return reverse(f"trajectories:{name}", args=[self.pk])

    def is_now(self, state):
        assert self.trajectory.state == state


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def path(request, new_context, live_server):
    Organisation.objects.create(name="Huis")
    house = OrgUnit.objects.create(name="Het huis", no_distance=True)
    care, staff = (OrgUnit.objects.create(name=name, parent=house) for name in ("Zorg", "Staf"))
    sponsor = make_person("Els Vermeer", unit=care)
    client = make_person("Sam Verhagen", unit=care, manager=sponsor)
    people = [client, sponsor, make_person("Noor Bakker", coach=True, unit=staff), make_person("Wim Postma", unit=staff, coordinates=True)]

    def visitor(person):
        page = new_context(java_script_enabled=request.param).new_page()
        never = SECRET if person in (sponsor, people[-1]) else ""
        return Visitor(page, live_server, person, javascript=request.param, never=never).log_in()

    return Path([visitor(person) for person in people])


def test_from_the_request_to_the_report(path, tmp_path):
    ask(path)
    path.is_now(State.REQUESTED)
    find_a_coach(path)
    path.is_now(State.INTAKE)
    word_the_question(path)
    agree(path)
    path.is_now(State.AGREED)
    set_a_goal(path)
    path.is_now(State.RUNNING)
    meet(path)
    path.is_now(State.RUNNING)
    prepare(path)
    path.is_now(State.CLOSING)
    look_back(path)
    path.is_now(State.CLOSING)
    sign(path)
    path.is_now(State.CLOSED)
    for visitor in (path.client, path.coach, path.sponsor):
        read_the_report(path, visitor, tmp_path / f"{visitor.person.pk}.pdf")
    nothing_more_for_the_sponsor(path)
    for visitor in (path.client, path.coach, path.sponsor, path.desk):
        assert [line for line in visitor.complaints if "404" not in line] == []


def ask(path):
    sam, els = path.client, path.sponsor
    sam.open("trajectories:ask")
    sam.pick("with_sponsor", "invite")
    sam.type(about="Ik durf geen nee te zeggen.", sponsor_find="Vermeer")
    sam.page.locator("button[name=find][value=sponsor]").click()
    expect(sam.page.locator(f"[name=sponsor][value='{els.person.pk}']")).to_be_attached()
    expect(sam.page.locator("[name=about]")).to_have_value("Ik durf geen nee te zeggen.")
    sam.pick("sponsor", els.person.pk)
    sam.type(wishes="Iemand van buiten de zorg.")
    sam.press("main button[data-primary]", to="/aanvraag/")
    assert path.trajectory.sponsor.person == els.person


def find_a_coach(path):
    path.desk.open("trajectories:match", path.pk)
    path.desk.pick("coach", path.coach.person.pk)
    path.desk.send("trajectories:propose", path.pk, to=reverse("trajectories:requests"))
    path.client.open("trajectories:request", path.pk)
    path.client.send("trajectories:choose", path.pk, to=path.at("request"))
    path.is_now(State.REQUESTED)
    path.coach.open("trajectories:request", path.pk)
    path.coach.send("trajectories:take_seat", path.pk, to=reverse("sessions:detail", args=[path.pk]))
    assert path.trajectory.coach.person == path.coach.person


def word_the_question(path):
    path.client.open("trajectories:question", path.pk)
    path.client.type(words="Hoe laat ik liggen wat niet van mij is?")
    path.client.press("main button[data-primary]", to=path.at("question"))
    expect(path.client.page.locator("h1")).to_have_text("Hoe laat ik liggen wat niet van mij is?")
    assert Question.objects.settled().count() == 1


def agree(path):
    days = {"starts_on": today().isoformat(), "ends_on": (today() + 90 * DAY).isoformat()}
    path.coach.open("trajectories:agreement_edit", path.pk)
    path.coach.type(sessions="5", minutes="60", **days, place="Kamer 2.14")
    path.coach.press("main button[data-primary]", to=path.at("agreement"))
    for visitor in (path.client, path.sponsor):
        path.is_now(State.INTAKE)
        visitor.open("trajectories:agreement", path.pk)
        visitor.send("trajectories:agree", path.pk, to=path.at("agreement"))


def set_a_goal(path):
    sam = path.client
    sam.open("trajectories:goal_new", path.pk)
    sam.pick("start_level", -1)
    sam.type(due_on=(today() + 60 * DAY).isoformat(), **GOAL)
    sam.page.locator("main button[data-primary]").click()
    expect(sam.page.locator("h1")).to_have_text(TITLE)
    goal = Goal.objects.get()
    path.sponsor.open("trajectories:goal", goal.pk, status=404)
    sam.page.locator(f"details:has(form[action='{reverse('trajectories:goal_share', args=[goal.pk])}']) summary").click()
    sam.send("trajectories:goal_share", goal.pk, to=goal.get_absolute_url())
    path.sponsor.open("trajectories:goal", goal.pk, status=404)  # for half a minute it can be undone
    Goal.objects.update(shared_at=F("shared_at") - MINUTE)
    GoalVersion.objects.update(put_at=F("put_at") - MINUTE)
    for visitor in (path.coach, sam, path.sponsor):
        path.is_now(State.AGREED)
        visitor.open("trajectories:goal", goal.pk)
        expect(visitor.page.locator("h1")).to_have_text(TITLE)
        visitor.send("trajectories:goal_agree", goal.pk, to=goal.get_absolute_url())


def meet(path):
    noor = path.coach
    noor.open("sessions:session_new", path.pk)
    noor.type(on=(today() - DAY).isoformat(), place="Kamer 2.14")
    noor.press("main form[data-keeps] button.button", to="/verslag/")
    session, goal = CoachingSession.objects.get(), Goal.objects.get()
    noor.pick("goals", goal.pk)
    noor.type(**{"takeaway": f"De {SECRET} mag blijven staan.", "action-0": f"Een {SECRET} tekenen", "note": f"Vraag naar de {SECRET}."})
    noor.press("button[name=share]", to=session.get_absolute_url())
    expect(noor.page.locator("main")).to_contain_text(SECRET)
    assert Log.objects.get().can_be_undone(now())
    [yielded] = look(Takeaway.objects.all(), by=noor.person, at=now())
    assert SECRET in yielded.words
    Log.objects.update(shared_at=F("shared_at") - MINUTE)
    path.client.open("sessions:session", session.pk)
    expect(path.client.page.locator("main")).to_contain_text(f"De {SECRET} mag blijven staan.")
    expect(path.client.page.locator("main")).not_to_contain_text(f"Vraag naar de {SECRET}.")


def prepare(path):
    path.coach.open("sessions:detail", path.pk)
    path.coach.page.locator(f"summary:has(+ form[action='{path.at('begin_closing')}'])").click()
    path.coach.press(f"form[action='{path.at('begin_closing')}'] button", to=path.at("prepare"))
    goal, said = Goal.objects.get().pk, {path.client: {"brought": "Rust."}, path.sponsor: {"noticed_example": "Het team hoort het."}}
    for level, visitor in enumerate((path.client, path.sponsor, path.coach)):
        visitor.open("trajectories:prepare", path.pk)
        visitor.pick(f"goal_level-{goal}", level)
        if visitor is path.sponsor:
            visitor.page.locator("fieldset:has([name=noticeable]) label.answer").first.click()
        visitor.type(**{f"goal_example-{goal}": "Bij het rooster ging het goed."}, **said.get(visitor, {"done": "Ik heb gevraagd."}))
        visitor.press("main .survey__foot button", to=path.at("prepare"))
        assert Preparation.objects.count() == level + 1


def look_back(path):
    sam, goal = path.client, Goal.objects.get()
    sam.open("trajectories:meeting", path.pk)
    outcome = f"form[action='{reverse('trajectories:outcome', args=[goal.pk])}']"
    sam.page.locator(f"{outcome} label:has([name=level][value='1'])").click()
    sam.put_down(outcome)
    promise = f"form[action='{path.at('lasting')}']:has([name=part][value=client])"
    sam.page.fill(f"{promise} [name=words]", "Elke maand bij mijzelf nagaan.")
    sam.put_down(promise)
    path.sponsor.open("trajectories:meeting", path.pk)
    sam.send("trajectories:put_forward", path.pk, to=path.at("text"))


def sign(path):
    for visitor in (path.client, path.sponsor, path.coach):
        path.is_now(State.CLOSING)
        visitor.open("trajectories:text", path.pk)
        expect(visitor.page.locator("article").first).to_contain_text(TITLE)
        visitor.pick("says", "agree")
        visitor.page.fill("#sign [name=password]", PASSWORD)
        visitor.press("#sign button", to=path.at("text"))


def read_the_report(path, visitor, paper):
    visitor.open("trajectories:text", path.pk)
    button = visitor.page.locator("#making a.button")
    expect(button).to_be_visible(timeout=20_000)
    with visitor.page.expect_download() as got:
        button.click()
    got.value.save_as(paper)
    assert paper.read_bytes().startswith(b"%PDF") and Report.objects.get().sha256
    read = " ".join(subprocess.run(["pdftotext", paper, "-"], check=True, capture_output=True, text=True).stdout.split())  # noqa: S603, S607
    assert TITLE in read and "Elke maand bij mijzelf nagaan." in read and SECRET not in read.lower()


def nothing_more_for_the_sponsor(path):
    els, session = path.sponsor, CoachingSession.objects.get()
    for name in ("sponsor", "agreement", "prepare", "meeting", "text"):
        els.open(f"trajectories:{name}", path.pk)
    els.open("trajectories:commissioned")
    els.open("trajectories:goal", Goal.objects.get().pk)
    for name, key in (("detail", path.pk), ("session", session.pk), ("log", session.pk), ("journal", path.pk)):
        els.open(f"sessions:{name}", key, status=404)
