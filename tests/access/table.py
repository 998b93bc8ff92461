"""Who may enter where? The rights of domain.md ("Who sees what"), address by address. This table is the document of rights.

C coach, K client, S sponsor: of the trajectory that the named thing belongs to. O a coordinator without a seat in it, R who asked for it,
A site admin, P the coach pool, E everyone who is logged in, N whoever is not. Who is not named gets "not found" (N: "log in first").
"""

from uuid import UUID

from sessions.cast import FEED, LINK
from tests.access.notation import form, page, verb

# The addresses that need no login (architecture 5); a test equals this list.
OPEN = {
    "coaching:login",
    "coaching:logout",
    "coaching:password_forgotten",
    "coaching:password_link",
    "coaching:still_here",
    "coaching:kept",
    "sessions:feed",
    "trajectories:link",
    "trajectories:link_done",
    "trajectories:link_send",
    "trajectories:link_step",
    "trajectories:verify",
}

ACCOUNT = [
    page("coaching:home", moved="E"),
    page("coaching:login", enter="N", moved="E"),
    verb("coaching:login", may="EN", sends={"email": "nobody@example.org", "password": "not the password at all"}),
    verb("coaching:logout", may="EN"),
    form("coaching:password_forgotten", may="EN"),
    form("coaching:password_link", may="EN", uid="none", token="none"),
    form("coaching:password_change", may="E"),
    form("coaching:account", may="E"),
    form("coaching:address_change", may="E"),
    form("trajectories:my_data", may="E"),  # with a password it is a file: test_download.py
    form("coaching:address_confirm", may="E", token="none"),
    verb("coaching:look_as", may="E", sends={"part": "client"}),
    verb("coaching:discreet", may="E", sends={"on": "1"}),
    page("coaching:still_here", enter="E"),
    page("coaching:kept", enter="EN"),
    verb("coaching:feed_new", may="E"),
    verb("coaching:feed_revoke", may="E"),
    page("sessions:feed", enter="EN", token=FEED),  # whoever has the secret; its words are looked at in test_calendar_words
]

REQUESTS = [
    form("trajectories:ask", may="E"),
    page("trajectories:request", "requested", enter="KR"),
    page("trajectories:request", "intake running closing meeting closed", enter="CKS"),
    form("trajectories:request_edit", "requested intake", may="K"),
    verb("trajectories:accept", "requested", may="K"),
    verb("trajectories:talk_first", "requested", may="K"),
    verb("trajectories:decline", "requested", may="K"),
    verb("trajectories:withdraw", "requested", may="KR"),  # of the client a yes or no is asked first; of who asked it is gone at once
    verb("trajectories:read_decline", "requested", may="KR"),
    verb("trajectories:choose", "requested", may="K"),
    verb("trajectories:take_seat", "requested", may=""),
    verb("trajectories:pass_by", may="", pk=UUID(int=0)),
    verb("trajectories:no_match", "intake", may="CK"),
]

DESK = [
    page("trajectories:requests", enter="O"),
    page("trajectories:coaches", enter="O"),
    page("trajectories:running", enter="O"),
    page("trajectories:figures", enter="O"),
    page("trajectories:figures_sheet", enter="O"),
    page("trajectories:decisions", enter="O"),
    page("trajectories:match", "requested intake running closing meeting closed", enter="O"),
    verb("trajectories:propose", "requested", may="O"),
    verb("trajectories:nobody_found", "requested", may="O"),
]

CHANGED = [
    form("trajectories:hold", "running", may="CKO"),  # a coordinator hears that both are there
    verb("trajectories:resume", "running", may="CKO"),
    form("trajectories:stop", "running", may="CKO"),
    form("trajectories:close_without_report", "closing meeting", may="CK"),
    form("trajectories:ending_confirm", "running", may=""),
    form("trajectories:sponsor_name", "intake running", may="KO"),
    verb("trajectories:sponsor_confirm", "intake", may="K"),
    verb("trajectories:sponsor_refuse", "intake", may="K"),
    page("trajectories:distance", "running", enter=""),
    verb("trajectories:distance_go_on", "running", may=""),
    verb("trajectories:another_coach", "running", may="CK"),
    form("trajectories:hand_over", "running", may="O"),
    form("trajectories:hand_over_older", "running", may="K", kind="vraag"),  # the client reads how it was settled
    verb("trajectories:hand_over_yes", "running", may="CK"),  # they hear that there is none any more
    verb("trajectories:hand_over_no", "running", may="CK"),
]

SEATED = [
    page("trajectories:who_looked", "running closed", enter="CKSO"),
    page("trajectories:trajectory", "running closing meeting closed", moved="CKS"),
    page("trajectories:commissioned", enter="E"),
    page("trajectories:sponsor", "running closing closed", enter="S"),
    page("trajectories:look_along", "running", enter="CK", moved="S"),
    page("trajectories:my_goals", moved="E"),
    page("trajectories:my_agreement", moved="E"),
]

AGREED = [
    form("trajectories:question", "running", may="CK"),
    verb("trajectories:question_agree", "running.question", may="CK"),
    verb("trajectories:question_release", "running.question", may="K"),
    page("trajectories:agreement", "running", enter="CKS"),
    form("trajectories:agreement_edit", "running", may="CK"),
    verb("trajectories:agree", "running", may="CKS"),
    page("trajectories:agreement_pdf", "running closed", enter="CKS"),
    page("trajectories:agreement_docx", "running closed", enter="CKS"),
    verb("trajectories:commitment_add", "running", may="CKS"),
    verb("trajectories:commitment_done", "running.commitment", may="CKS"),
    page("trajectories:goals", "running", enter="CK"),
    page("trajectories:goal", "running.goal_shared", enter="CKS"),
    page("trajectories:goal", "running.goal_private running.goal_draft", enter="CK"),
    form("trajectories:goal_new", "running", may="CK"),
    form("trajectories:goal_edit", "running.goal_shared running.goal_private", may="CK"),
    verb("trajectories:goal_agree", "running.goal_shared", may="CKS"),
    verb("trajectories:goal_agree", "running.goal_private running.goal_draft", may="CK"),
    verb("trajectories:goal_share", "running.goal_private", may="K"),
    verb("trajectories:goal_let_go", "running.goal_private", may="CK"),
]

CHECKED = [
    verb("trajectories:check_in_begin", "running", may="CK"),
    page("trajectories:check_in", "running.check_in", enter="K"),
    form("trajectories:check_in_step", "running.check_in", may="K", step=1),
    verb("trajectories:check_in_hand_in", "running.check_in", may="K"),
    verb("trajectories:check_in_take_back", "running.check_in", may="K"),
    page("trajectories:check_in_share", "running.check_in_handed_in", moved="K"),  # of this one something was shared already
    verb("trajectories:check_in_share", "running.check_in_handed_in", may="K"),
    # Whoever has the secret, logged in or not; without the cookie that it is exchanged for, a step is the page of a link that lapsed.
    form("trajectories:link", may="EN", token=LINK),
    form("trajectories:link_step", may="EN", step=1),
    verb("trajectories:link_send", may="EN"),
    page("trajectories:link_done", enter="EN"),
    form("trajectories:goal_outside", "running.goal_private", may="K", sends={"words": "Naar buiten"}),
]

CLOSED = [
    verb("trajectories:begin_closing", "running", may="CK"),
    verb("trajectories:go_on", "closing", may="CK"),
    form("trajectories:prepare", "closing", may="CKS"),
    verb("trajectories:go_without_sponsor", "closing", may="CK"),
    verb("trajectories:meeting_day", "closing", may="CK"),
    page("trajectories:meeting", "meeting", enter="CKS"),
    page("trajectories:meeting_state", "meeting", enter="CKS"),
    verb("trajectories:outcome", "meeting.goal", may="CKS"),
    verb("trajectories:lasting", "meeting", may="CKS"),
    verb("trajectories:put_forward", "meeting", may="CK"),
    page("trajectories:text", "meeting", enter="CKS"),
    verb("trajectories:sign", "meeting", may="CKS"),
    verb("trajectories:take_back", "meeting", may="CKS"),
    page("trajectories:draft_report", "meeting", enter="CKS"),
    page("trajectories:report", "closed", enter="CKS"),
    page("trajectories:report_pdf", "closed", enter="CKS"),
    page("trajectories:report_white", "closed", enter="CKS"),
    page("trajectories:report_archive", "closed", enter="K"),
    page("trajectories:report_docx", "closed", enter="CKS"),
    verb("trajectories:report_release", "closed", may="K"),
    page("trajectories:looking_back", "closed", enter="CKS"),
    page("trajectories:addendum_pdf", "closed.addendum", enter="CKS"),
    form("trajectories:follow_up", "closed.follow_up_client", may="K"),
    form("trajectories:follow_up", "closed.follow_up_sponsor", may="S"),
    form("trajectories:follow_up_who", "closed.follow_up_client", may="K"),
    verb("trajectories:follow_up_hand_in", "closed.follow_up_client", may="K"),
    verb("trajectories:follow_up_take_back", "closed.follow_up_client", may="K"),
    form("trajectories:verify", may="EN"),
]

SESSIONS = [
    page("sessions:today", enter="P"),
    page("sessions:trajectories", enter="P"),
    page("sessions:silence", enter="E"),
    page("sessions:silence_of", "running closing closed", enter="C"),
    page("sessions:hours", enter="P"),
    page("sessions:now", enter="E"),
    page("sessions:my_sessions", enter="E"),
    page("sessions:detail", "running closing closed", enter="CK"),
    form("sessions:session_new", "running", may="CK"),
    page("sessions:session", "running.session running.session_planned running.session_off", enter="CK"),
    form("sessions:log", "running.log_unshared", may="C"),
    page("sessions:log", "running.log_shared closed.log_shared", enter="CK"),
    verb("sessions:log", "running.log_shared", may="C"),
    verb("sessions:share", "running.log_unshared", may="C"),
    verb("sessions:unshare", "running.log_unshared", may="C"),
    verb("sessions:log_throw_away", "running.log_unshared", may="C"),
    verb("sessions:log_remove", "running.log_shared closed.log_shared", may="CK"),
    verb("sessions:log_stay", "running.log_shared", may="CK"),
    verb("sessions:log_remove", "running.log_unshared", may="C"),
    form("sessions:session_move", "running.session_planned", may="CK"),
    form("sessions:session_cancel", "running.session_planned", may="CK"),
    form("sessions:session_missed", "running.session_planned", may="CK"),
    page("sessions:takeaway", "running.session", enter="K", moved="C"),
    verb("sessions:takeaway", "running.session", may="CK"),  # the coach is led on to the session
    page("sessions:topic", "running.session_planned", enter="K", moved="C"),
    verb("sessions:topic", "running.session_planned", may="CK"),
    form("sessions:action_add", "running", may="CK"),
    verb("sessions:action_done", "running.action", may="CK"),
    form("sessions:journal", "running", may="K"),
    form("sessions:note", "running", may="C"),
    page("sessions:preparation", "running.session_planned", enter="C"),
    page("sessions:preparation", "running.session", moved="C"),
    page("sessions:apart", "running.session running.session_planned", enter="C"),
    verb("sessions:apart", "running.session_planned", may="", sends={"take": "none"}),  # only what was found there
    page("sessions:own", "running.session running.session_planned", enter="C"),
    form("sessions:asked", "running.session running.session_planned", may="C", sends={"take": "src_need"}),
    verb("sessions:topic_reached", "running.topic", may="CK"),
    form("sessions:action", "running.action", may="CK"),
    verb("sessions:action_move", "running.action", may="CK"),
    page("sessions:tried", "running closed", enter="CK"),
    page("sessions:reading", "running closed", enter="CK"),
    form("sessions:intervention", "running.intervention", may="C"),
    verb("sessions:book_read", "running.intervention", may="CK"),  # the coach hears that it is not theirs to do
    page("sessions:steering", "running closing closed", enter="CK"),
    form("sessions:name_in_log", "running closed", may="K"),
]

PRACTICE = [
    form("sessions:hours_add", may="P"),
    form("sessions:hours_change", "running.flight", may="C"),
    verb("sessions:hours_remove", "running.flight", may="C"),
    form("sessions:hours_list", may="P"),
    verb("sessions:hours_take_over", may="P"),
    page("sessions:hours_sheet", enter="P"),
    page("sessions:hours_paper", enter="P"),
    page("sessions:hours_letter", enter="P"),
]

CRAFT = [
    page("sessions:questions", enter="P"),
    form("sessions:question_add", may="P"),
    verb("sessions:question_favourite", may="P", sends={"question": "src_need", "on": "on"}),
    form("sessions:question_change", "running.own_question", may="C"),
    form("sessions:question_share", "running.own_question", may="C"),
    verb("sessions:question_retire", "running.own_question", may="C"),
    form("sessions:learning", may="P"),
    verb("sessions:learning_throw_away", "running.learning", may="C"),
    page("sessions:due"),  # without a day to read there is nothing; tests/sessions/test_due.py asks with one
    page("sessions:methods", enter="PO"),
    form("sessions:method_new", may="PO"),
    form("sessions:method", "running.method", may="C"),  # Noor's own
    form("sessions:method", "running.method_shared", may="O"),  # the organisation's
    verb("sessions:method_retire", "running.method", may="C"),
    verb("sessions:method_retire", "running.method_shared", may="O"),
    verb("sessions:method_take_up", "running.method", may="C"),
    verb("sessions:method_take_up", "running.method_shared", may="O"),
]

NONE = "00000000-0000-0000-0000-000000000000"  # a staff list is seen by who brought it; tests/coaching/test_staff_lists.py asks as such

ADMIN = [
    form("coaching:organisation", may="A"),
    form("coaching:units", may="A"),
    form("coaching:unit", "iris.unit", may="A"),
    verb("coaching:unit_remove", "iris.unit", may="A"),
    page("coaching:accounts", enter="A"),
    form("coaching:account_new", may="A"),
    form("coaching:account_of", "iris", may="A"),
    verb("coaching:account_invite", "iris", may="A"),
    verb("coaching:account_deactivate", "dirk", may="A"),
    verb("coaching:account_reactivate", "iris", may="A"),
    page("trajectories:questionnaires", enter="A"),
    page("trajectories:questionnaire", enter="A", key="mid_trajectory"),
    form("trajectories:questionnaire_words", may="A", sends={"label_nl": "Hoe?"}, key="mid_trajectory", question="steers"),
    form("trajectories:questionnaire_add", may="A", sends={"kind": "text"}, key="mid_trajectory"),
    verb("trajectories:questionnaire_remove", may="", key="mid_trajectory", question="steers"),  # there is none yet
    page("trajectories:letters", enter="A"),
    form("trajectories:letter", may="A", kind="report"),
    page("trajectories:letter_template", enter="A", kind="report"),
    verb("trajectories:letter_remove", may="A", kind="report"),
]

STAFF_LISTS = [
    form("coaching:staff_list", may="OA"),
    page("coaching:staff_import", pk=NONE),
    form("coaching:staff_columns", may="", pk=NONE),
    verb("coaching:staff_take_over", may="", pk=NONE),
    verb("coaching:staff_put_aside", may="", pk=NONE),
    page("coaching:staff_refused", pk=NONE),
    form("coaching:staff_absent", may="", pk=NONE),
]

POOL_PLACES = [
    page("coaching:pool", enter="O"),
    verb("coaching:pool_put", "iris", may="O"),
    verb("coaching:pool_take", "iris", may="O"),
    form("coaching:coach_profile", may="P"),
]

PARTS = [ACCOUNT, REQUESTS, DESK, CHANGED, SEATED, AGREED, CHECKED, CLOSED, SESSIONS, PRACTICE, CRAFT, ADMIN, STAFF_LISTS, POOL_PLACES]
ROWS = [row for part in PARTS for rows in part for row in rows]
