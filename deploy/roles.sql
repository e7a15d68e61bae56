-- What each process may do in the database. Run as the owner of the tables, after `balise setup`
-- and after every upgrade:   psql -v ON_ERROR_STOP=1 -d balise -f deploy/roles.sql
-- The roles themselves are made by the database's administrator (docs/operations/install.md, 3).
-- Made from the `grants.py` of each module by `python -m balise.config.grants`; a test compares.

BEGIN;
-- What an earlier version granted ends here: this file is all that one may do.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, "balise-public", "balise-api", "balise-pbx", "balise-staff", "balise-worker";
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, "balise-public", "balise-api", "balise-pbx", "balise-staff", "balise-worker";
GRANT USAGE ON SCHEMA public TO "balise-public", "balise-api", "balise-pbx", "balise-staff", "balise-worker";
GRANT SELECT ON django_migrations TO "balise-public", "balise-api", "balise-pbx", "balise-staff", "balise-worker";
-- Staff and worker do the centre's work, but for what is kept from them.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "balise-staff", "balise-worker";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "balise-staff", "balise-worker";
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM "balise-staff", "balise-worker";

-- hotline.reports
-- Someone reports, goes on with a report and follows it; what it says is sealed.
GRANT SELECT, INSERT, UPDATE (category, age_band, danger, is_finished, follow_up, sealed,
  last_answer_at, left_open_at, to_read, certificate_key, certificate_signature,
  passed_to_helpline_at) ON hotline_reports_report TO "balise-public";
-- A report joins what is known. It names no verdict, and clears none but to reopen it.
GRANT SELECT, INSERT, UPDATE (report_count, category, danger, concerned, minor, priority, state,
  closing_id, decided_at, waited_points, reopened_at, changed_at) ON hotline_reports_content TO
  "balise-public";
-- A report names places; its reporter may correct one.
GRANT SELECT, INSERT, DELETE ON hotline_reports_mention TO "balise-public";
-- A reporter reads our questions and answers them.
GRANT SELECT, INSERT ON hotline_reports_message TO "balise-public";

-- helpline.contacts
-- Someone who was blocked is told until when, and nothing of why or by whom.
GRANT SELECT (id, state, ends_at, would_end_at) ON helpline_contacts_block TO "balise-public";
-- A block is found by a blind of the day.
GRANT SELECT (block_id, bearer) ON helpline_contacts_blockedday TO "balise-public";
-- Questions afterwards are answered once: the link goes, the fact stays.
GRANT SELECT, UPDATE (ends_at), DELETE ON helpline_contacts_questions TO "balise-public";
-- How it was is written on the fact that stays.
GRANT SELECT (id), UPDATE (helpful, recommends, mood_before, mood_after) ON helpline_contacts_fact
  TO "balise-public";

-- helpline.conversations
-- A young person begins, comes back and ends; no name in it is written again.
GRANT SELECT, INSERT, UPDATE (last_seq, state, listener, young_seen_at, ended_at, erased_at) ON
  helpline_conversations_conversation TO "balise-public";
-- What is said is sealed; a young person may wipe it, and change nothing else of it.
GRANT SELECT, INSERT, UPDATE (sealed) ON helpline_conversations_said TO "balise-public";

-- helpline.telephony
-- Who asks to be called back leaves a number, sealed to the helpline.
GRANT SELECT (id), INSERT ON helpline_telephony_callback TO "balise-public";
-- An exchange tells of its calls; a number is sealed at once.
GRANT SELECT, INSERT, UPDATE ON helpline_telephony_call TO "balise-api", "balise-pbx";
-- What it told is kept.
GRANT SELECT, INSERT ON helpline_telephony_callevent TO "balise-api", "balise-pbx";

-- helpline.channels
-- Who writes waits for an answer, by a code of their own.
GRANT SELECT, INSERT, UPDATE (last_at, state, waits_since, sealed) ON helpline_channels_thread TO
  "balise-public";
-- What is written is sealed; its author may wipe it, and change nothing else of it.
GRANT SELECT, INSERT, UPDATE (sealed) ON helpline_channels_message TO "balise-public";
-- A provider says that it did not deliver an answer.
GRANT UPDATE (delivery, failure) ON helpline_channels_message TO "balise-api";

-- helpline.cases
-- A reporter asks the helpline for help.
GRANT SELECT, INSERT ON helpline_cases_referral TO "balise-public";
-- A receiver reads, by a link, what the helpline tells it, and answers.
GRANT SELECT, UPDATE (opened_count, state, remind_at, answered_at, ended_at, refusal, sealed_answer)
  ON helpline_cases_sentreferral TO "balise-public";

-- helpline.removals
-- A young person follows a removal with a code; nothing sealed is read.
GRANT SELECT (id, tracker_key, conversation, asked_at) ON helpline_removals_request TO
  "balise-public";
-- It shows stages alone.
GRANT SELECT (request_id, number, kind, content_type, state, gone_at, ended_at, decided_at,
  decision) ON helpline_removals_item TO "balise-public";

-- helpline.queue
-- Who talks, writes or calls waits in line; words of danger bring them forward.
GRANT SELECT, INSERT, UPDATE (state, held_by, ended_at, risk, risk_from, highest, rank) ON
  helpline_queue_item TO "balise-public", "balise-pbx";
-- Who waits is told how many answer; a call rings where someone is seated.
GRANT SELECT ON helpline_queue_seat TO "balise-public", "balise-pbx";

-- awareness.publications
-- Everyone reads what is published, from this table alone.
GRANT SELECT ON awareness_publications_published TO "balise-public";
-- Harvesters are told what is not public any more.
GRANT SELECT ON awareness_publications_withdrawn TO "balise-public";
-- A link to an earlier address of a page leads to where it is now.
GRANT SELECT ON awareness_publications_address TO "balise-public";

-- awareness.usage
-- Once a second it adds what was used. PostgreSQL reads a row that it adds to.
GRANT SELECT (day, kind, thing, language, territory, campaign, count), INSERT, UPDATE (count) ON
  awareness_usage_daytally TO "balise-public";
-- Anyone follows a short link; who opened it is not read.
GRANT SELECT (id, code, path, campaign, closed_at) ON awareness_usage_shortlink TO "balise-public";

-- takedown.law
-- The text of the law, as a notice named it.
GRANT SELECT ON takedown_law_frozenlaw TO "balise-public";

-- takedown.directory
-- A recipient is called by name, in its language.
GRANT SELECT ON takedown_directory_contact, takedown_directory_organisation TO "balise-public";

-- takedown.notices
-- A recipient is shown what they answer to; what the notice says stays sealed.
GRANT SELECT ON takedown_notices_mailing, takedown_notices_mailingitem, takedown_notices_notice TO
  "balise-public";
-- They answer, or contest; a person of ours decides.
GRANT SELECT, INSERT ON takedown_notices_answer, takedown_notices_contest TO "balise-public";

-- foundation.accounts
-- A token is a partner's.
GRANT SELECT ON accounts_partnerorganisation TO "balise-api";
-- A token is found by its hash, and the day of its last use noted.
GRANT SELECT, UPDATE (last_used_on) ON accounts_apitoken TO "balise-api";
-- Has the partner people who follow their reports?
GRANT SELECT (id, partner_id, is_active) ON accounts_account TO "balise-api";

-- foundation.tasks
-- The page shows tasks; only the worker takes, ends and gives up one.
REVOKE UPDATE, DELETE ON django_tasks_database_dbtaskresult FROM "balise-staff";
-- What was given up is put back as it was.
REVOKE INSERT, UPDATE ON tasks_deadletter FROM "balise-staff";
-- A row is locked only by a process that may change something of it.
GRANT UPDATE (died_at) ON tasks_deadletter TO "balise-staff";

-- foundation.journal
-- What happened is written down in its own transaction, and not read here.
GRANT SELECT (id), INSERT ON journal_entry TO "balise-public", "balise-pbx";
-- It is only ever added to.
REVOKE UPDATE, DELETE ON journal_entry, journal_link FROM "balise-staff", "balise-worker";
-- No place in the chain is forgotten.
REVOKE DELETE ON journal_chain, journal_horizon, journal_cursor FROM "balise-staff",
  "balise-worker";

-- foundation.encryption
-- What comes in is sealed, and opened again by its code; only the worker destroys keys.
GRANT SELECT, INSERT ON encryption_keywrap TO "balise-public", "balise-pbx";

-- Kinds of tasks
ALTER TABLE django_tasks_database_dbtaskresult ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS worked ON django_tasks_database_dbtaskresult;
CREATE POLICY worked ON django_tasks_database_dbtaskresult TO "balise-worker" USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS seen ON django_tasks_database_dbtaskresult;
CREATE POLICY seen ON django_tasks_database_dbtaskresult FOR SELECT TO "balise-staff" USING (true);
-- An analyst asks once more where content is hosted.
-- A wrong password is written down later: a known name takes no longer to refuse.
-- What was given up is put back with the ids that it had.
DROP POLICY IF EXISTS queued_by_staff ON django_tasks_database_dbtaskresult;
CREATE POLICY queued_by_staff ON django_tasks_database_dbtaskresult FOR INSERT TO "balise-staff" WITH CHECK (task_path IN (
    'balise.hotline.reports.tasks.working.trace',
    'balise.foundation.accounts.tasks.note_failed_sign_in'
  ) OR EXISTS (SELECT FROM tasks_deadletter
    WHERE job = task_path AND ids = args_kwargs -> 'kwargs'));

-- Kinds of facts: work follows from them, and figures
CREATE OR REPLACE FUNCTION journal_not_own() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'no fact of this process: %', NEW.event
  USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE OR REPLACE TRIGGER journal_entry_own_public BEFORE INSERT ON journal_entry FOR EACH ROW
  WHEN (current_user = 'balise-public' AND (NEW.actor_kind <> 'public' OR
  NEW.event NOT IN (
    'helpline.call-back.asked',
    'helpline.conversation.begun',
    'helpline.conversation.ended',
    'helpline.conversation.erased',
    'helpline.conversation.resumed',
    'helpline.conversation.said',
    'helpline.item.queued',
    'helpline.item.risk-judged',
    'helpline.item.withdrawn',
    'helpline.message.received',
    'helpline.questions.answered',
    'helpline.referral.received',
    'helpline.sent-referral.accepted',
    'helpline.sent-referral.document-taken',
    'helpline.sent-referral.done',
    'helpline.sent-referral.link-opened',
    'helpline.sent-referral.refused',
    'helpline.thread.erased',
    'hotline.certificate.asked',
    'hotline.content.closing-left',
    'hotline.content.corrected',
    'hotline.content.removed-reported',
    'hotline.content.reopened',
    'hotline.message.written',
    'hotline.report.finished',
    'hotline.report.follow-up-declined',
    'hotline.report.late-answers-given',
    'hotline.report.passed-to-helpline',
    'hotline.report.received',
    'takedown.answer.received',
    'takedown.notice.contested')))
  EXECUTE FUNCTION journal_not_own();
CREATE OR REPLACE TRIGGER journal_entry_own_api BEFORE INSERT ON journal_entry FOR EACH ROW
  WHEN (current_user = 'balise-api' AND (NEW.actor_kind <> 'partner' OR
  NEW.event NOT IN (
    'helpline.call.abandoned',
    'helpline.call.answered',
    'helpline.call.blocked',
    'helpline.call.ended',
    'helpline.call.offered',
    'helpline.item.queued',
    'helpline.item.risk-judged',
    'helpline.item.withdrawn',
    'helpline.message.failed',
    'helpline.message.received',
    'hotline.content.closing-left',
    'hotline.content.removed-reported',
    'hotline.content.reopened',
    'hotline.report.finished',
    'hotline.report.received')))
  EXECUTE FUNCTION journal_not_own();
CREATE OR REPLACE TRIGGER journal_entry_own_pbx BEFORE INSERT ON journal_entry FOR EACH ROW
  WHEN (current_user = 'balise-pbx' AND (NEW.actor_kind <> 'system' OR
  NEW.event NOT IN (
    'helpline.call.abandoned',
    'helpline.call.answered',
    'helpline.call.blocked',
    'helpline.call.ended',
    'helpline.call.offered',
    'helpline.item.queued',
    'helpline.item.risk-judged',
    'helpline.item.withdrawn')))
  EXECUTE FUNCTION journal_not_own();

COMMIT;
