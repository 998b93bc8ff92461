"""Which leaks do we plant in how words come to a sponsor: by whose act, from which page, in which state, and how many there are?"""

from tests.mutations.planting import leak

GOALS, WAITS = "tests/trajectories/test_goals_sharing.py", "tests/trajectories/test_sponsor_waits.py"

SHARING = (
    leak(
        "a goal that is shared in the intake is read in the intake",
        "trajectories/models/goal_versions.py",
        'sponsor_when = AGREED & before_rest("goal__shared_at", "put_at")',
        "sponsor_when = ALL",
        f"{WAITS}::test_intake_the_agreement_that_waits_for_their_yes_and_nothing_that_was_shared",
        says="assert",
    ),
    leak(
        "what is shared while it rests is read while it rests",
        "trajectories/models/releases.py",
        'sponsor_when = AGREED & before_rest("shared_at")',
        "sponsor_when = AGREED",
        f"{WAITS}::test_on_hold_nothing_that_comes_meanwhile_until_it_goes_on",
        says="assert",
    ),
    leak(
        "a check that is sent shares what no page showed",
        "trajectories/views/checkins.py",
        'asking.must_have_been_seen(request.POST.get("mark"))',
        "pass",
        "tests/trajectories/test_checkins.py::test_what_was_not_shown_is_not_sent",
        says="302 == 422",
    ),
    leak(
        "it goes to another sponsor than the page named",
        "trajectories/models/changes.py",
        "if read_by is not None and str(self.sponsor.pk) != read_by:",
        "if False:",
        f"{GOALS}::test_it_is_shared_with_nobody_but_whom_the_page_named",
        says="Meanwhile Otto is the sponsor",
    ),
    leak(
        "a yes on an old page shows a version to the sponsor",
        "trajectories/models/goal_versions.py",
        "if puts and read_by not in (None, str(puts.pk)):",
        "if False:",
        f"{GOALS}::test_a_yes_on_a_page_that_spoke_of_no_sponsor_shows_them_nothing",
        says="the page did not say so yet",
    ),
    leak(
        "a version goes along that the preview did not show",
        "trajectories/models/sharing.py",
        "(shown is not None and not {version.number for version in put} <= shown)",
        "False",
        f"{GOALS}::test_a_version_that_the_preview_did_not_show_is_not_shared",
        says="Read it again before you share it",
    ),
    leak(
        "who says yes to a sponsor is not shown what was shared",
        "trajectories/joining.py",
        "for kind in found if _has_words(kind)}",
        'for kind in found if _has_words(kind) and kind._meta.model_name != "release"}',
        "tests/trajectories/test_joining.py::test_all_that_is_read_from_the_yes_on_stands_on_its_page",
        says="assert",
    ),
    leak(
        "the sponsor takes weights along",
        "trajectories/download/reader.py",
        'return self.whole or name in of_a_sponsor().get(row._meta.label_lower, {}).get("told", ())',
        "return True",
        "tests/trajectories/test_download_reader.py::test_no_name_for_a_link_and_no_weight",
        says="assert",
    ),
    leak(
        "the sponsor counts goals that are private",
        "trajectories/numbered.py",
        'if reads_all(seat) else _("Goal")',
        'if seat else _("Goal")',
        "tests/trajectories/test_numbered.py::test_at_the_closing_talk",
        says="assert",
    ),
    leak(
        "the sponsor counts versions that are private",
        "trajectories/numbered.py",
        "found = {} if reads_all(seat) else places(versions)",
        "found = {}",
        "tests/trajectories/test_numbered.py::test_the_sponsor_counts_from_what_they_read",
        says="assert",
    ),
    leak(
        "who asks for a colleague hears that they are coached",
        "trajectories/models/requests.py",
        "Trajectory.objects.seated(client, CLIENT).open().known_to(by)",
        "Trajectory.objects.seated(client, CLIENT).open()",
        "tests/trajectories/test_asked_beside.py::test_who_asks_sees_the_same_whether_or_not_there_is_a_trajectory",
        says="Trajectory.DoesNotExist",
    ),
    leak(
        "a coach who comes back finds what the seat before was typing",
        "trajectories/models/parts.py",
        'return f"{name}:{seat}:{key}"',
        'return f"{name}:{key}"',
        "tests/access/test_former_drafts.py::test_who_comes_back_begins_empty",
        says="assert",
    ),
)
