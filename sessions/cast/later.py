"""How do two of the cast look back? Three months after closing both answered, with an addendum; at six months they are being asked."""

from datetime import timedelta

from trajectories.models import Addendum, FollowUp, Report
from trajectories.report.gather_addendum import gather

TEXT = {"key": "example", "kind": "text", "question": "Waaraan merk je dat?"}


def looked_back(story, goal, at):
    """What the client let go goes to all three, the rest to coach and client; what the sponsor wrote to all three."""
    rows = {row.part: row for row in FollowUp.ask(story.fresh(), months=3, at=at - timedelta(days=9))}
    shared, kept = (_said(story, readers, seen=readers == "CKS") for readers in ("CKS", "CK"))
    level = {"key": "goal_level", "kind": "level", "question": "Welke zin?", "answer": "1", "goal": str(goal.pk), "seen": True}
    level |= {"title": "Een doel", "shown": story.says("follow_up", "CKS")}
    facts = {"answers": [level, shared, kept], "levels": [(goal, 1, True)], "still": "mostly"}
    rows["client"].hand_in(by=story.person("K"), at=at - timedelta(days=8), words=f"{level['shown']}\n\n{shared['shown']}", **facts)
    answers = [_said(story, "CKS", seen=True)]
    rows["sponsor"].hand_in(by=story.person("S"), at=at - timedelta(days=8), answers=answers, still="fully")
    report, handed_in = Report.objects.signed_in(story.trajectory.pk), list(FollowUp.objects.with_trajectory().of_round(3).in_order())
    when = at - timedelta(days=7)
    Addendum.issue(report, months=3, at=when, gather=lambda report, number: gather(report, rows=handed_in, number=number, at=when))
    story.keep("addendum", Addendum.objects.get(report=report))
    for row in FollowUp.ask(story.fresh(), months=6, at=at - timedelta(days=1)):
        story.keep(f"follow_up_{row.part}", row)


def _said(story, readers, *, seen):
    words = story.says("follow_up", readers)
    return TEXT | {"answer": words, "shown": words, "seen": seen}
