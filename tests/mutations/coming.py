"""Which leaks do we plant in what somebody reads who came later, as the next coach or sponsor: of before their time?"""

from tests.mutations.planting import leak

GOALS, CLOSING = "tests/trajectories/test_goals_handed_over.py", "tests/trajectories/test_closing_doors.py"

COMING = (
    leak(
        "beside the next coach's words stand those that they do not read",
        "trajectories/models/goals.py",
        "raise Stale(read)",
        "raise Stale(last)",
        f"{GOALS}::test_beside_other_words_stands_only_what_the_next_coach_reads",
        says="assert",
    ),
    leak(
        "a goal that the next coach does not read waits on their home",
        "trajectories/models/moments.py",
        'reached = _seat_of(person) & _reached("GoalVersion")',
        "reached = _seat_of(person)",
        f"{GOALS}::test_no_goal_waits_for_who_cannot_read_it",
        says="assert",
    ),
    leak(
        "the next coach reads a name for outside of before",
        "trajectories/models/goals.py",
        "rows.filter(outside_named_at__gte=seat.reads_since)",
        "rows",
        f"{GOALS}::test_a_name_for_outside_stays_of_before_when_the_goal_is_worded_anew",
        says="assert",
    ),
    leak(
        "a closing that was broken off opens to the next sponsor once another is signed",
        "trajectories/models/preparations.py",
        "(Q(_is_in(SPONSOR, self.review)) | self._signed()) & _goes(self.review) & _sponsor_closes(self.review)",
        "(Q(_is_in(SPONSOR, self.review)) | closed) & _sponsor_closes(self.review)",
        f"{CLOSING}::test_the_next_sponsor_never_reads_a_closing_of_before_their_time",
        says="assert",
    ),
    leak(
        "the next sponsor reads the text that was put to the one before",
        "trajectories/models/signing.py",
        'return rules | {part: rules[part] & Q(_put_to(part, "worded_at")) for part in (COACH, SPONSOR)}',
        "return rules",
        "tests/trajectories/test_changed_in_closing.py",
        says="assert",
    ),
    leak(
        "the sponsor keeps reading the outcome of a goal that is shared no more",
        "trajectories/models/outcomes.py",
        "rules | {SPONSOR: rules[SPONSOR] & self._shared()}",
        "rules",
        f"{CLOSING}::test_of_a_goal_that_is_shared_no_more_the_sponsor_reads_no_outcome",
        says="assert",
    ),
    leak(
        "a version that was put to one sponsor goes to the next",
        "trajectories/models/changes.py",
        "version.take_back(by=by, at=at)",
        "pass",
        "tests/trajectories/test_joining.py::test_a_version_put_a_moment_before_the_sponsor_changed_is_taken_back",
        says="assert",
    ),
    leak(
        "who coached becomes the sponsor",
        "trajectories/models/changes.py",
        "self._one_part_each(person, SPONSOR)",
        "pass",
        "tests/trajectories/test_changes.py::test_one_person_has_one_part_also_after_another",
        says="DID NOT RAISE",
    ),
    leak(
        "the report tells the day of a check of which nothing was shared",
        "trajectories/report/gather.py",
        "if seat.part == SPONSOR:",
        "if False:",
        "tests/trajectories/test_reports.py::test_the_cover_tells_a_sponsor_the_day_of_a_check_only_once_something_of_it_was_shared",
        says="assert",
    ),
    leak(
        "changes leave no trace for the client",
        "trajectories/models/content.py",
        "if anew and acts and self.holds_words()",
        "if False and self.holds_words()",
        "tests/trajectories/test_who_looked.py",
        says="assert",
    ),
)
