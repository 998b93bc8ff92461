"""How do the cast's trajectories come to an end? Checks, preparations, meetings, texts, signatures."""

from trajectories.models import CheckIn, Lasting, Outcome, Preparation, Release, Review, ReviewText, Signature
from trajectories.report.gather import gather

PARTS = {"C": "coach", "K": "client", "S": "sponsor"}


def checked(story, goal, *, release=True):
    """A progress check handed in by the client; a part of it released to the sponsor."""
    check_in = CheckIn.begin(story.fresh(), by=story.person("K"), at=story.tick())
    said = {"key": "yield_so_far", "question": "Wat leverde het op?", "kind": "text", "answer": story.says("check_in", "CK")}
    said["shown"] = said["answer"]
    example = story.says("check_in", "CK")
    check_in.hand_in(by=story.person("K"), at=story.tick(), answers=[said], levels=[(goal, -1, example)], steers=3, confidence=4)
    if release:
        words = story.says("release", "CKS")
        facts = {"kind": Release.CHECK_IN, "words": words, "levels": [(goal, -1)], "check_in": check_in}
        Release.give(story.fresh(), by=story.person("K"), at=story.tick(), **facts)
    return story.keep("check_in_handed_in", check_in)


def closing(story, *, letters="CKS"):
    review = story.fresh().begin_closing(
        by=story.person("C"), at=story.tick(), two_because="" if "S" in letters else "Er is geen opdrachtgever."
    )
    return story.keep("review", review)


def prepared(story, goal, *, by, readers):
    """One of them hands in; `readers` of it, in the end."""
    what = f"preparation_{PARTS[by]}"
    answers = [{"key": "brought", "question": "Wat bracht het?", "kind": "text", "answer": story.says(what, readers), "shown": ""}]
    answers[0]["shown"] = answers[0]["answer"]
    example = {
        "key": "goal_example",
        "question": "Waaraan merk je dat?",
        "kind": "text",
        "answer": story.says(what, readers),
        "goal": str(goal.pk),
    }
    example["shown"] = example["answer"]
    review = Review.objects.get(pk=story.cast.things[f"{story.name}.review"].pk)
    return Preparation.hand_in(review, by=story.person(by), at=story.tick(), answers=[*answers, example], levels=[(goal, 0)])


def met(story, goal, *, letters="CKS", differently=True):
    """The meeting: an outcome or three remarks, and what makes it last."""
    review, by = _review(story), story.person("K")
    if differently:
        remarks = {PARTS[letter]: story.says("remark", letters) for letter in letters}
        Outcome.settle(review, goal, by=by, at=story.tick(), base=0, remarks=remarks)
    else:
        Outcome.settle(review, goal, by=by, at=story.tick(), base=0, level=1)
    for letter in letters:
        Lasting.promise(_review(story), PARTS[letter], by=by, at=story.tick(), base=0, words=story.says("text", letters))


def put_forward(story):
    return story.keep("text", ReviewText.put_forward(_review(story), by=story.person("C"), at=story.tick(), gather=gather))


def signed(story, text, *letters, remark=""):
    for letter in letters:
        words = remark if letter == letters[-1] else ""
        report = Signature.sign(
            _review(story), by=story.person(letter), at=story.tick(), read=text.number, agrees=not words, remark=words, own_levels=True
        )
    return report


def _review(story):
    return Review.objects.get(pk=story.cast.things[f"{story.name}.review"].pk)
