"""Towards the closing talk: beginning it, each alone writing their part, going on after all (R21, R23)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond, settled
from coaching.clock import day_of, now, today
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.forms.preparations import NOT_SEEN, MeetingDay, PrepareForm, WithTwo
from trajectories.missing import before_closing
from trajectories.models import Preparation, Review, State, Trajectory
from trajectories.questionnaires import questionnaire
from trajectories.voices import IN_ORDER, voices


@require_POST
def begin_closing(request, pk):
    """The closing begins; without a sponsor it asks first why the two of them close alone."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT), pk=pk)
    form = WithTwo(request.POST if "two_because" in request.POST else None, asker=request.user)
    alone = trajectory.state == State.RUNNING and not trajectory.sponsor
    if alone and not form.is_valid():
        versions = trajectory.goalversions.readable_by(request.user).standing().latest_first().with_assents()
        misses = before_closing(trajectory, trajectory.seat_of(request.user), versions=list(versions))
        context = {"trajectory": trajectory, "form": form, "misses": [one for one in misses if one.key != "sponsor"]}
        return respond(request, "trajectories/begin_closing.html", context, status=422 if form.errors else 200)
    try:
        trajectory.begin_closing(by=request.user, at=now(), two_because=form.cleaned_data["two_because"] if alone else "")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(trajectory)
    return redirect("trajectories:prepare", pk=pk)


@require_POST
def go_on(request, pk):
    """The coaching goes on after all, once both have said so."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT), pk=pk)
    try:
        if trajectory.go_on(by=request.user, at=now()):
            messages.success(request, _("The coaching goes on. The agreement waits for your yes again."))
        else:
            messages.info(request, _("Noted. It goes on as soon as the other says so too."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(trajectory)


def review_of(request, pk, *parts):
    """The closing of one trajectory, for who closes it, or of them only `parts`; 404 for everyone else."""
    reviews = Review.objects.readable_by(request.user).current().with_trajectory()
    return get_object_or_404(reviews.seated(request.user, *parts) if parts else reviews, trajectory=pk)


class Preparing:
    """What lies there of one review, as one seat may read it: one's own part, and others' once one's own is in."""

    def __init__(self, request, review):
        self.review, self.seat = review, review.trajectory.seat_of(request.user)
        self.versions, self.left_out = review.versions_and_left_out(self.seat, at=now())
        rows = list(Preparation.objects.open_to(self.seat).of_review(review).handed_in().with_levels())
        look([*self.versions, *rows], by=self.seat, at=now())
        self.own = next((row for row in rows if row.part == self.seat.part), None)
        self.voices = voices(rows)
        self.handed_in = review.handed_in()
        self.questions = questionnaire(f"closing_{self.seat.part}")

    @property
    def final(self):
        """Whether another could read one's part."""
        return bool(self.handed_in - {self.seat.part})

    @property
    def accord(self):
        """Who has handed in, without what."""
        seats = {seat.part: seat for seat in self.review.closers}
        return [self._one(seats[part]) for part in IN_ORDER if part in seats]

    def _one(self, seat):
        done = seat.part in self.handed_in
        said = _("Has handed in") if done else _("That is you") if seat.pk == self.seat.pk else _("Not yet")
        return {"part": seat.part, "name": seat.first_name, "done": done, "text": said}

    def recalled(self):
        """One's own part as the form would have typed it."""
        [own] = [voice for voice in self.voices if voice.part == self.seat.part]
        words = {row["key"]: [row["answer"]] for row in own.answers}
        for version in self.versions:
            mine, goal = own.of_goal(version), version.goal_id
            words |= {
                f"goal_level-{goal}": [NOT_SEEN if mine.level is None else str(mine.level)],
                f"goal_example-{goal}": [mine.example],
            }
        return words

    def context(self, **more):
        trajectory = self.review.trajectory
        others = [seat for seat in self.review.closers if seat.pk != self.seat.pk]
        facts = {"trajectory": trajectory, "review": self.review, "seat": self.seat, "questions": self.questions, "others": others}
        return facts | {"accord": self.accord, "final": self.final, "left_out": self.left_out, "today": today()} | more


def prepare(request, pk):
    """One's own part, written alone; after handing in, what is in so far."""
    review = review_of(request, pk)
    preparing = Preparing(request, review)
    if request.method == "GET" and (preparing.own or review.trajectory.closed_at) and (preparing.final or "again" not in request.GET):
        return _prepared(request, preparing)
    window = Window(request, preparing.seat.keeps("prepare", review.pk), base=preparing.own.version if preparing.own else 0)
    if window.autosave and preparing.own and preparing.final:
        return settled(request, request.path, _("Another has handed in and can read your part now, so it stays as it is."))
    if window.autosave:
        return window.keep()
    form = PrepareForm(preparing.questions, preparing.versions, request.POST if window.posted else None, asker=request.user)
    if window.words or (preparing.own and not window.posted):
        form.recall(window.words or preparing.recalled())
    if window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _hand_in(review, form, by=request.user)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = preparing.context(form=form, window=window)
    return respond(request, "trajectories/prepare.html", context, status=422 if form.errors else 200)


def _hand_in(review, form, *, by):
    Preparation.hand_in(review, by=by, at=now(), answers=form.answers, levels=form.levels)
    return reverse("trajectories:prepare", args=[review.trajectory_id])


def _prepared(request, preparing):
    review, versions = preparing.review, preparing.versions
    told = [(voice, [(version, voice.of_goal(version)) for version in versions]) for voice in preparing.voices]
    missing = review.with_sponsor and SPONSOR not in preparing.handed_in
    context = preparing.context(
        told=told,
        all_in=preparing.handed_in >= set(review.parts),
        may_go_without=missing and preparing.seat.part != SPONSOR and review.patience_is_over(day_of(now())),
        day=MeetingDay(initial={"meets_on": review.meets_on}),
    )
    return respond(request, "trajectories/prepared.html", context)


@require_POST
def go_without_sponsor(request, pk):
    review = review_of(request, pk, COACH, CLIENT)
    try:
        if review.go_without_sponsor(by=request.user, at=now()):
            messages.success(request, _("You close with two. The report says neutrally that the third was not there."))
        else:
            messages.info(request, _("Noted. You close with two as soon as the other says so too."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("trajectories:prepare", pk=pk)


@require_POST
def meeting_day(request, pk):
    """Coach or client says when the three meet."""
    review = review_of(request, pk, COACH, CLIENT)
    form = MeetingDay(request.POST, asker=request.user)
    try:
        if form.is_valid():
            review.plan(by=request.user, at=now(), meets_on=form.cleaned_data["meets_on"])
        else:
            messages.error(request, form.errors["meets_on"][0])
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("trajectories:prepare", pk=pk)
