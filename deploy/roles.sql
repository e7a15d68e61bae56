-- What each process may do in the database. Run as the owner of the tables, after `balise setup`
-- and after every upgrade:   psql -v ON_ERROR_STOP=1 -d balise -f deploy/roles.sql
-- The roles themselves are made by the database's administrator (docs/operations/install.md, 3).

BEGIN;
-- What an earlier version granted ends here: this file is all that a process may do.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, "balise-public", "balise-staff", "balise-api", "balise-worker", "balise-pbx";
GRANT USAGE ON SCHEMA public TO "balise-public", "balise-staff", "balise-api", "balise-worker", "balise-pbx";
GRANT SELECT ON django_migrations TO "balise-public", "balise-staff", "balise-api", "balise-worker", "balise-pbx";

-- Staff and worker do the centre's work. The journal is only ever added to.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "balise-staff", "balise-worker";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "balise-staff", "balise-worker", "balise-public", "balise-api", "balise-pbx";
REVOKE UPDATE, DELETE ON journal_entry, journal_link FROM "balise-staff", "balise-worker";
REVOKE DELETE ON journal_chain, journal_horizon, journal_cursor FROM "balise-staff", "balise-worker";
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM "balise-staff", "balise-worker";

-- The public door takes reports and shows a dialogue to whoever brings its receipt. What it can
-- select is sealed; it sees no account and no verdict's reasons, and erases nothing but a used link.
GRANT SELECT, INSERT, UPDATE ON hotline_reports_report, hotline_reports_content TO "balise-public";
GRANT SELECT, INSERT ON hotline_reports_mention, hotline_reports_message TO "balise-public";
GRANT DELETE ON hotline_reports_mention TO "balise-public"; -- of a place that its reporter corrects
GRANT SELECT, INSERT ON encryption_keywrap TO "balise-public";
GRANT SELECT, INSERT ON helpline_cases_referral TO "balise-public";
-- A young person waits, and talks: what is said is sealed to the helpline and to their own code.
GRANT SELECT, INSERT, UPDATE ON helpline_conversations_conversation, helpline_conversations_said TO "balise-public";
GRANT SELECT, INSERT, UPDATE ON helpline_queue_item TO "balise-public";
GRANT SELECT ON helpline_queue_seat TO "balise-public";
-- Someone who was blocked is told until when: by a blind of the day, and nothing of why or by whom.
GRANT SELECT (id, state, ends_at, would_end_at) ON helpline_contacts_block TO "balise-public";
GRANT SELECT (block_id, bearer) ON helpline_contacts_blockedday TO "balise-public";
-- Whoever has the link of the questions afterwards answers them, once: the link goes, the fact stays.
GRANT SELECT, UPDATE, DELETE ON helpline_contacts_questions TO "balise-public";
GRANT SELECT (id), UPDATE (helpful, recommends, mood_before, mood_after) ON helpline_contacts_fact TO "balise-public";
-- Who asks to be called back leaves a number: sealed to the helpline.
GRANT SELECT (id), INSERT ON helpline_telephony_callback TO "balise-public";
-- Whoever writes waits for an answer: sealed to the helpline and to their own code.
GRANT SELECT, INSERT, UPDATE ON helpline_channels_thread, helpline_channels_message TO "balise-public";
-- A receiver reads, by a link, what the helpline tells it, and answers; sealed to that link.
GRANT SELECT, UPDATE ON helpline_cases_sentreferral TO "balise-public";
-- With a code, a young person sees how far a removal is: stages alone, and nothing that is sealed.
GRANT SELECT (id, tracker_key, conversation, asked_at) ON helpline_removals_request TO "balise-public";
GRANT SELECT (request_id, number, kind, content_type, state, gone_at, ended_at, decided_at, decision) ON helpline_removals_item TO "balise-public";
-- Whoever was given notice answers, or contests, by a link; what the notice says stays sealed.
GRANT SELECT ON takedown_notices_mailing, takedown_notices_mailingitem, takedown_notices_notice TO "balise-public";
GRANT SELECT ON takedown_law_frozenlaw TO "balise-public"; -- the text of the law, as a notice named it
GRANT SELECT ON takedown_directory_contact, takedown_directory_organisation TO "balise-public";
GRANT SELECT, INSERT ON takedown_notices_answer, takedown_notices_contest TO "balise-public";
GRANT INSERT ON journal_entry TO "balise-public";
GRANT SELECT (id) ON journal_entry TO "balise-public";

-- The partners' door, a member of "balise-public", also asks whose token it is given.
GRANT SELECT ON accounts_partnerorganisation TO "balise-api";
GRANT SELECT, UPDATE ON accounts_apitoken TO "balise-api";
GRANT SELECT (id, partner_id, is_active) ON accounts_account TO "balise-api"; -- has it people who follow?
-- An exchange of telephones tells of its calls; a number is sealed at once.
GRANT SELECT, INSERT, UPDATE ON helpline_telephony_call TO "balise-api";
GRANT SELECT, INSERT ON helpline_telephony_callevent TO "balise-api";
-- So does the process that listens to one over a line of its own, and it may do nothing else.
GRANT SELECT, INSERT, UPDATE ON helpline_telephony_call, helpline_queue_item TO "balise-pbx";
GRANT SELECT, INSERT ON helpline_telephony_callevent, encryption_keywrap TO "balise-pbx";
GRANT SELECT ON helpline_queue_seat TO "balise-pbx";
GRANT INSERT ON journal_entry TO "balise-pbx";
GRANT SELECT (id) ON journal_entry TO "balise-pbx";

-- Hotlines abroad bring letters to the same door: it knows whose signature it is, keeps what is
-- sealed, and says which letters of ours were fetched. It opens none.
GRANT SELECT ON referrals_exchange_peer, referrals_exchange_peercard TO "balise-api";
GRANT SELECT, INSERT ON referrals_exchange_arrival, referrals_exchange_nonce TO "balise-api";
GRANT SELECT, UPDATE ON referrals_exchange_letter, referrals_exchange_transfer TO "balise-api";

COMMIT;
