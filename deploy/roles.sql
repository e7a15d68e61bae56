-- What each process may do in the database. Run as the owner of the tables, after `balise setup`
-- and after every upgrade:   psql -v ON_ERROR_STOP=1 -d balise -f deploy/roles.sql
-- The roles themselves are made by the database's administrator (docs/operations/install.md, 3).
-- Made from the `grants.py` of each module by `python -m balise.config.grants`; a test compares.

BEGIN;
-- What an earlier version granted ends here: this file is all that one may do.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, "balise-public", "balise-app", "balise-api", "balise-pbx", "balise-staff", "balise-worker";
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, "balise-public", "balise-app", "balise-api", "balise-pbx", "balise-staff", "balise-worker";
GRANT USAGE ON SCHEMA public TO "balise-public", "balise-app", "balise-api", "balise-pbx", "balise-staff", "balise-worker";
GRANT SELECT ON django_migrations TO "balise-public", "balise-app", "balise-api", "balise-pbx", "balise-staff", "balise-worker";
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
-- A partner whose token says so gives fingerprints of what it reports.
GRANT SELECT, INSERT ON hotline_reports_fingerprint TO "balise-api";
-- The banks are asked about what has new fingerprints; the answer is the worker's.
GRANT SELECT, INSERT, UPDATE (standing, at, held_back_until, ask_again_at, tries) ON
  hotline_reports_recognition TO "balise-api";

-- hotline.matching.banks
-- A partner asks whether a hash is known; no door outside changes a bank.
GRANT SELECT ON hotline_banks_bank, hotline_banks_entry, hotline_banks_counter, hotline_banks_change
  TO "balise-api";
-- What a partner asked is written down, sealed.
GRANT SELECT (id), INSERT ON hotline_banks_lookup TO "balise-api";
-- Matches are counted, for floods.
GRANT SELECT, INSERT, UPDATE (many) ON hotline_banks_matches TO "balise-api";

-- hotline.matching.exchange
-- It knows what a partner may do, notes when it came, and cuts it off by itself.
GRANT SELECT, UPDATE (checkpoint, wanted, pulled_at, asked_at, cut_off_at, why) ON
  hotline_hashes_contract TO "balise-api";
-- It hands out pages that the worker signed; one that was taken goes.
GRANT SELECT, DELETE ON hotline_hashes_sheet TO "balise-api";
-- It writes down that a partner asked, and how much.
GRANT SELECT, INSERT ON hotline_hashes_question TO "balise-api";
-- It counts look-ups near one another as one, within a day.
GRANT SELECT, INSERT, UPDATE (known, unknown) ON hotline_hashes_probe TO "balise-api";
-- It knows who was told yes, and forgets it once a withdrawal is confirmed.
GRANT SELECT, INSERT, DELETE ON hotline_hashes_handed TO "balise-api";
-- It keeps what a partner did about an entry.
GRANT SELECT, INSERT, UPDATE (said, turn, count, at, received_at, blocked_at) ON
  hotline_hashes_reply TO "balise-api";

-- hotline.laboratory
-- Someone stops, sends and comes back with a code; hashes are sealed until banked.
GRANT SELECT, INSERT, UPDATE (state, is_threat, sealed, sent_at, opened_on, ended_at, has_report,
  sent_as) ON hotline_laboratory_case TO "balise-public";
-- A case has pictures and clips, as kinds and counts; its bearer takes one back.
GRANT SELECT, INSERT, UPDATE (state) ON hotline_laboratory_item TO "balise-public";
-- The tracker says what partners answered; the door reads nothing of the exchange.
GRANT SELECT ON hotline_laboratory_heard, hotline_laboratory_partner TO "balise-public";
-- The bearer of a code is asked about a dispute, and answers.
GRANT SELECT, UPDATE (sealed, answered_at) ON hotline_laboratory_dispute TO "balise-public";

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
GRANT SELECT, INSERT, UPDATE (last_seq, state, listener, young_seen_at, ended_at, erased_at,
  wants_another) ON helpline_conversations_conversation TO "balise-public";
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
-- A young person follows, by a conversation’s code, whom we told with their consent.
GRANT SELECT ON helpline_cases_casecode TO "balise-public";
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
GRANT SELECT, INSERT, UPDATE (state, held_by, ended_at, risk, risk_from, highest, rank, turn_at) ON
  helpline_queue_item TO "balise-public", "balise-pbx";
-- Who says that they are not safe is in danger until two people agree that it is over.
GRANT SELECT, INSERT, UPDATE (item, subject, confirmed_by, proposed_by, proposed_at, outcome,
  risk_now, ending) ON helpline_queue_danger TO "balise-public", "balise-pbx";
-- Who waits is told how many answer; a call rings where someone is seated.
GRANT SELECT ON helpline_queue_seat TO "balise-public", "balise-pbx";
-- The app says how long one waits: how many are there, and never who.
GRANT SELECT (id, kind, rank, state, held_by, first_held_at, ended_at) ON helpline_queue_item TO
  "balise-app";
-- Who stays with a danger takes nobody else.
GRANT SELECT (id, item, ended_at, proposed_by) ON helpline_queue_danger TO "balise-app";
-- The app says how long one waits: how many answer.
GRANT SELECT ON helpline_queue_seat TO "balise-app";
-- What is written is read with the edits of the words of danger that are in force.
GRANT SELECT (language, concept, added, removed, decided_at, is_approved, id) ON
  helpline_queue_wordsedit TO "balise-public", "balise-pbx";

-- helpline.app
-- It adds one to the tally of a day, where the young person says yes.
GRANT SELECT (id, day, kind, platform, times), INSERT, UPDATE (times) ON helpline_app_usetally TO
  "balise-public", "balise-app";
-- Anyone reads the signed list of the sites that show our button.
GRANT SELECT ON helpline_app_signedsites TO "balise-public";

-- helpline.vault
-- A device is told the signed public key of the case that its words open to.
GRANT SELECT (id, recipient, signature) ON helpline_vault_casekey TO "balise-public", "balise-app";
-- Words are found by their blind index; a device draws its part, the worker answers.
GRANT SELECT (id, key_id, index, until, taken_at, committed, answered_to, answer, rounds), UPDATE
  (taken_at, committed, revealed) ON helpline_vault_invitation TO "balise-public", "balise-app";
-- The session of a chat takes up what its listener asks for, or says no.
GRANT SELECT, UPDATE (state, taken_at) ON helpline_vault_ask TO "balise-public";
-- A device shares an item and takes it back; the public door reads no header of one.
GRANT SELECT (id, key_id, secret_hash, state, received_at, opened_at, last_opened_at, openings,
  seen_at, ended_at, upload_id, handed_at), INSERT, UPDATE (state, ended_at, header, body, stamp,
  upload_id) ON helpline_vault_share TO "balise-public", "balise-app";
-- A device finds its backup by the hash of a place that only it can name.
GRANT SELECT, INSERT, UPDATE (used_on, pieces_said), DELETE ON helpline_vault_backup TO
  "balise-public", "balise-app";
-- A device brings pieces and takes them back home; no key of ours opens one.
GRANT SELECT, INSERT, UPDATE (octets), DELETE ON helpline_vault_piece TO "balise-public",
  "balise-app";
-- Someone with a link takes what only the link's own key opens.
GRANT SELECT, INSERT, UPDATE (opened, last_opened_at, body, upload_id) ON helpline_vault_link TO
  "balise-public", "balise-app";
-- A device asks for a timestamp; the worker brings it.
GRANT SELECT, INSERT ON helpline_vault_stamp TO "balise-public", "balise-app";

-- awareness.publications
-- Everyone reads what is published, from this table alone.
GRANT SELECT ON awareness_publications_published TO "balise-public";
-- A file is for everyone while a public page names it here.
GRANT SELECT ON awareness_publications_publicfile TO "balise-public";
-- Harvesters are told what is not public any more.
GRANT SELECT ON awareness_publications_withdrawn TO "balise-public";
-- A link to an earlier address of a page leads to where it is now.
GRANT SELECT ON awareness_publications_address TO "balise-public";
-- Everyone reads which files a public version of a kit has.
GRANT SELECT ON awareness_publications_edition TO "balise-public";
-- Who waits for a kit’s next version leaves an address, sealed, and is never read here.
GRANT INSERT ON awareness_publications_follower TO "balise-public";

-- awareness.usage
-- Once a second it adds what was used. PostgreSQL reads a row that it adds to.
GRANT SELECT (day, kind, thing, language, campaign, count), INSERT, UPDATE (count) ON
  awareness_usage_daytally TO "balise-public";
-- Anyone follows a short link; who opened it is not read.
GRANT SELECT (id, code, path, campaign, closed_at) ON awareness_usage_shortlink TO "balise-public";

-- awareness.learning.events
-- Everyone reads the events to come and those that were; not the link to join.
GRANT SELECT (id, kind, state, words, speakers, starts_at, ends_at, zone, place, is_online,
  audience, campaign, structure, organiser, series, edition, replay, sequence, changed_at,
  published_at) ON awareness_events_event TO "balise-public";
-- A place is given, and given back, by the row of the counters.
GRANT SELECT, UPDATE (confirmed, waiting, not_coming, last) ON awareness_events_places TO
  "balise-public";
-- Who registers leaves name and address, sealed; the next who waits has the place.
GRANT SELECT (id, event_id, known_by, standing, number, asked_at, came), INSERT, UPDATE (standing,
  number, asked_at) ON awareness_events_registration TO "balise-public";

-- awareness.sid
-- Everyone reads the day, its kit, and its report once it is public.
GRANT SELECT ON awareness_sid_edition TO "balise-public";
-- Anyone declares an activity, and corrects it with its own link; its contact is sealed and is not
-- read here.
GRANT SELECT (id, key, edition_id, language, declared_at, withdrawn_at, voided, sort, channel, name,
  area, "on", expected, says, wall, met, method), INSERT, UPDATE (sort, channel, name, area, "on",
  expected, says, wall, met, method, withdrawn_at) ON awareness_sid_activity TO "balise-public";

-- awareness.places.structures
-- Everyone finds structures; whether one may meet minors follows from a day. No number.
GRANT SELECT (id, name, folded, kind, country, area, commune, commune_code, postcode, address,
  latitude, longitude, telephone, mail, web, summary, audiences, ages, topics, languages, radius,
  is_online, may_publish, attested_on, code_index, confirmed_on, closed_on, merged_into_id) ON
  network_structures_structure TO "balise-public";
-- A structure's page says since when it is in the network.
GRANT SELECT (structure_id, signed_on, until) ON network_structures_convention TO "balise-public";
-- The link of a mail leads to the structure that its reader answers for; no name.
GRANT SELECT (id, structure_id) ON network_structures_contact TO "balise-public";
-- A contact says, sealed, what is not right any more; it is never read here.
GRANT INSERT ON network_structures_correction TO "balise-public";

-- awareness.partnership.campaigns
-- Someone who declares under a campaign’s code is told where there is none such.
GRANT SELECT (code) ON network_campaigns_campaign TO "balise-public";

-- awareness.partnership.partners
-- Everyone reads who our partners are, since when, and which mandates are held.
GRANT SELECT ON network_partners_organisation, network_partners_mandate, network_partners_agreement
  TO "balise-public";
-- Everyone reads the opinions that are public, and what became of recommendations.
GRANT SELECT ON network_partners_group, network_partners_meeting, network_partners_opinion,
  network_partners_recommendation, network_partners_step TO "balise-public";
-- Beside an opinion stand the members who agreed to be named; nothing encrypted.
GRANT SELECT (id, group_id, role, public_name) ON network_partners_member TO "balise-public";

-- awareness.places.orders
-- Anyone sees which kits can be ordered; how many are in stock is not read.
GRANT SELECT (id, name, campaign, is_offered) ON network_orders_printed TO "balise-public";
-- A school leaves an order, its contact sealed; none is read here.
GRANT INSERT ON network_orders_order TO "balise-public";
-- A wrong entry of the stock is put right by another, never rewritten.
REVOKE UPDATE, DELETE ON network_orders_entry FROM "balise-staff", "balise-worker";

-- awareness.places.fieldwork
-- A structure declares a workshop, once; pages of kits and of structures tell how many there were,
-- and which are planned.
GRANT SELECT (id, key, structure, state, day, setting, area, kit, edition, kit_was_withdrawn, heads,
  people), INSERT ON network_fieldwork_workshop TO "balise-public";
-- A school that asks for a visit is known again, by its code or its name.
GRANT SELECT (id, known_as, code, named), INSERT ON network_fieldwork_venue TO "balise-public";
-- A school asks for a visit, and is told apart from one that was met before.
GRANT SELECT (id, venue_id, state, met_on), INSERT ON network_fieldwork_intervention TO
  "balise-public";
-- Who asks leaves a contact, sealed, which is never read here.
GRANT INSERT ON network_fieldwork_contact TO "balise-public";
-- The person who asked says how it was, once; the page knows whether they did.
GRANT SELECT (id), INSERT ON network_fieldwork_opinion TO "balise-public";

-- awareness.learning.training
-- Six words open a path, which each answer changes. Nothing in it says who it is.
GRANT SELECT (id, index, told, changed_at), INSERT, UPDATE (index, told, changed_at) ON
  network_training_keptpath TO "balise-public";
-- What is counted of a path is counted once.
GRANT SELECT (mark), INSERT ON network_training_once TO "balise-public";
-- It adds one to the tally of a day.
GRANT SELECT (id, day, what, times, total), INSERT, UPDATE (times, total) ON
  network_training_daytally TO "balise-public";
-- Someone asks for a badge, and whoever has its address sees it; a worker signs it.
GRANT SELECT, INSERT ON network_training_badge TO "balise-public";
-- Anyone reads which badges are revoked.
GRANT SELECT ON network_training_standing TO "balise-public";

-- awareness.partnership.trends
-- Who has the link of an edition reads it, and whether another corrects it.
GRANT SELECT ON network_trends_briefing TO "balise-public";

-- awareness.activities.charter
-- A family that says yes is counted in the tally of the day.
GRANT SELECT (id, day, what, band, times), INSERT, UPDATE (times) ON activities_charter_chartertally
  TO "balise-public";
-- A family that says yes has its rules counted in the tally of the day.
GRANT SELECT (id, day, of, practice, band, times), INSERT, UPDATE (times) ON
  activities_charter_ruletally TO "balise-public";
-- Families choose from the bank as the centre has it.
GRANT SELECT ON activities_charter_practiceversion TO "balise-public";
-- Who asks for challenges leaves an address, sealed, and is never read here.
GRANT INSERT ON activities_charter_challenged TO "balise-public";

-- awareness.activities.stories
-- Anyone plays a published story. Its source is not in this table.
GRANT SELECT ON activities_stories_published TO "balise-public";
-- Six words open a play, which each choice changes. Nothing in it says who it is.
GRANT SELECT (id, index, told, changed_at), INSERT, UPDATE (told, changed_at) ON
  activities_stories_keptplay TO "balise-public";
-- It adds one to the tally of a day.
GRANT SELECT (id, day, story, mode, what, code, times), INSERT, UPDATE (times) ON
  activities_stories_playtally TO "balise-public";

-- awareness.activities.quizzes
-- Anyone reads the quizzes that are public.
GRANT SELECT ON activities_quizzes_quiz, activities_quizzes_version TO "balise-public";
-- A first time waits under six words for the second; it is locked, counted, deleted.
GRANT SELECT, INSERT, UPDATE (at), DELETE ON activities_quizzes_pair TO "balise-public";
-- The end of a quiz is counted once.
GRANT SELECT (mark), INSERT ON activities_quizzes_once TO "balise-public";
-- It adds one to the tally of a day.
GRANT SELECT (id, day, quiz, audience, what, times, total), INSERT, UPDATE (times, total) ON
  activities_quizzes_daytally TO "balise-public";

-- awareness.activities.feedback
-- What was sent is counted once.
GRANT SELECT (mark), INSERT ON activities_feedback_once TO "balise-public";
-- It adds one to the tally of a day.
GRANT SELECT (id, day, kit, ages, question, answer, times), INSERT, UPDATE (times) ON
  activities_feedback_feedbacktally TO "balise-public";

-- awareness.surveys
-- Everyone reads what is asked, by whom, why, and in which words.
GRANT SELECT ON surveys_survey, surveys_wording TO "balise-public";
-- Six words open a draft, which each answer changes, and which is deleted once sent. It is
-- encrypted with these words.
GRANT SELECT, INSERT, UPDATE (sealed, version, changed_on), DELETE ON surveys_draft TO
  "balise-public";
-- An answer that is sent waits, encrypted: this door can neither read nor change it.
GRANT INSERT ON surveys_waiting TO "balise-public";
-- What is sent twice counts once.
GRANT SELECT (mark), INSERT ON surveys_sent TO "balise-public";
-- It adds one to the count of a quota, and sees whether it is full.
GRANT SELECT, INSERT, UPDATE (many) ON surveys_quotacount TO "balise-public";
-- The link of a school says until when, and since when parents know; it is counted.
GRANT SELECT, UPDATE (sent) ON surveys_invitation TO "balise-public";
-- Everyone reads free texts as they were redacted; what was written stays inside.
GRANT SELECT (wording_id, question, shown, reading, edition) ON surveys_freetext TO "balise-public";
-- Everyone reads results as they were published; the numbers of people stay inside.
GRANT SELECT (id, survey_id, number, wording, published_on, told) ON surveys_edition TO
  "balise-public";

-- steering.editions
-- A member reads a draft by a link, everyone an edition that is public: masked tables.
GRANT SELECT ON steering_editions_edition, steering_editions_section, steering_editions_file TO
  "balise-public";
-- The digest of a token finds its link; that it was opened is noted.
GRANT SELECT, UPDATE (opened_at) ON steering_editions_link TO "balise-public";
-- A member asks, and reads the answers to what they asked.
GRANT SELECT, INSERT ON steering_editions_comment TO "balise-public";

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

-- foundation.budgets
-- The first who writes on a day draws the key of its names.
GRANT SELECT, INSERT ON budgets_day TO "balise-public", "balise-app";
-- What is sent is charged before it is stored.
GRANT SELECT, INSERT, UPDATE (octets) ON budgets_spending TO "balise-public", "balise-app";
-- What is sent is charged to the total of its budget.
GRANT SELECT, INSERT, UPDATE (since) ON budgets_stock TO "balise-public", "balise-app";

-- foundation.statistics
-- Who waits is told how long a step usually takes; no tally is read for it.
GRANT SELECT ON statistics_usualdelay TO "balise-public";

-- foundation.tasks
-- The page shows tasks; only the worker takes, ends and gives up one.
REVOKE UPDATE, DELETE ON django_tasks_database_dbtaskresult FROM "balise-staff";
-- What was given up is put back as it was.
REVOKE INSERT, UPDATE ON tasks_deadletter FROM "balise-staff";
-- A row is locked only by a process that may change something of it.
GRANT UPDATE (died_at) ON tasks_deadletter TO "balise-staff";

-- foundation.journal
-- What happened is written down in its own transaction, and not read here.
GRANT SELECT (id), INSERT ON journal_entry TO "balise-public", "balise-app", "balise-pbx";
-- It is only ever added to.
REVOKE UPDATE, DELETE ON journal_entry, journal_link FROM "balise-staff", "balise-worker";
-- No place in the chain is forgotten.
REVOKE DELETE ON journal_chain, journal_horizon, journal_cursor FROM "balise-staff",
  "balise-worker";

-- foundation.encryption
-- What comes in is sealed, and opened again by its code; only the worker destroys keys.
GRANT SELECT, INSERT ON encryption_keywrap TO "balise-public", "balise-app", "balise-pbx";

-- Kinds of tasks
ALTER TABLE django_tasks_database_dbtaskresult ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS worked ON django_tasks_database_dbtaskresult;
CREATE POLICY worked ON django_tasks_database_dbtaskresult TO "balise-worker" USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS seen ON django_tasks_database_dbtaskresult;
CREATE POLICY seen ON django_tasks_database_dbtaskresult FOR SELECT TO "balise-staff" USING (true);
-- An analyst asks once more where content is hosted.
-- Files of a frozen edition that were not drawn are asked for once more.
-- A wrong password is written down later: a known name takes no longer to refuse.
-- What was given up is put back with the ids that it had.
DROP POLICY IF EXISTS queued_by_staff ON django_tasks_database_dbtaskresult;
CREATE POLICY queued_by_staff ON django_tasks_database_dbtaskresult FOR INSERT TO "balise-staff" WITH CHECK (task_path IN (
    'balise.hotline.reports.tasks.working.trace',
    'balise.steering.editions.tasks.draw_files',
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
    'awareness.badge.asked',
    'awareness.challenges.asked',
    'awareness.challenges.confirmed',
    'awareness.challenges.left',
    'awareness.follower.asked',
    'awareness.follower.confirmed',
    'awareness.follower.left',
    'awareness.intervention.asked',
    'awareness.intervention.rated',
    'awareness.order.asked',
    'awareness.people.met',
    'awareness.reader.confirmed',
    'awareness.reader.left',
    'awareness.registration.made',
    'awareness.registration.promoted',
    'awareness.registration.released',
    'awareness.registration.repeated',
    'awareness.registration.resumed',
    'awareness.sid-activity.corrected',
    'awareness.sid-activity.declared',
    'awareness.sid-activity.met',
    'awareness.sid-activity.withdrawn',
    'awareness.structure.confirmed',
    'awareness.structure.correction-sent',
    'awareness.workshop.counted',
    'awareness.workshop.declared',
    'helpline.call-back.asked',
    'helpline.conversation.another-wanted',
    'helpline.conversation.begun',
    'helpline.conversation.continued',
    'helpline.conversation.ended',
    'helpline.conversation.erased',
    'helpline.conversation.resumed',
    'helpline.conversation.said',
    'helpline.danger.confirmed',
    'helpline.danger.declared',
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
    'helpline.vault.ask-declined',
    'helpline.vault.ask-taken-up',
    'helpline.vault.backup-begun',
    'helpline.vault.backup-erased',
    'helpline.vault.invitation-taken',
    'helpline.vault.link-made',
    'helpline.vault.link-opened',
    'helpline.vault.link-withdrawn',
    'helpline.vault.revoked',
    'helpline.vault.shared',
    'helpline.vault.stamp-asked',
    'helpline.vault.words-revealed',
    'hotline.certificate.asked',
    'hotline.content.closing-left',
    'hotline.content.corrected',
    'hotline.content.removed-reported',
    'hotline.content.reopened',
    'hotline.laboratory.dispute-answered',
    'hotline.laboratory.saved',
    'hotline.laboratory.sent',
    'hotline.laboratory.withdrawal-asked',
    'hotline.message.written',
    'hotline.report.finished',
    'hotline.report.follow-up-declined',
    'hotline.report.late-answers-given',
    'hotline.report.passed-to-helpline',
    'hotline.report.received',
    'steering.comment.made',
    'steering.link.opened',
    'takedown.answer.received',
    'takedown.notice.contested')))
  EXECUTE FUNCTION journal_not_own();
CREATE OR REPLACE TRIGGER journal_entry_own_app BEFORE INSERT ON journal_entry FOR EACH ROW
  WHEN (current_user = 'balise-app' AND (NEW.actor_kind <> 'public' OR
  NEW.event NOT IN (
    'helpline.vault.backup-begun',
    'helpline.vault.backup-erased',
    'helpline.vault.invitation-taken',
    'helpline.vault.link-made',
    'helpline.vault.link-opened',
    'helpline.vault.link-withdrawn',
    'helpline.vault.revoked',
    'helpline.vault.shared',
    'helpline.vault.stamp-asked',
    'helpline.vault.words-revealed')))
  EXECUTE FUNCTION journal_not_own();
CREATE OR REPLACE TRIGGER journal_entry_own_api BEFORE INSERT ON journal_entry FOR EACH ROW
  WHEN (current_user = 'balise-api' AND (NEW.actor_kind <> 'partner' OR
  NEW.event NOT IN (
    'helpline.call.abandoned',
    'helpline.call.answered',
    'helpline.call.blocked',
    'helpline.call.ended',
    'helpline.call.offered',
    'helpline.call.returned',
    'helpline.call.transferred',
    'helpline.danger.confirmed',
    'helpline.danger.declared',
    'helpline.item.queued',
    'helpline.item.risk-judged',
    'helpline.item.withdrawn',
    'helpline.message.failed',
    'helpline.message.received',
    'hotline.content.closing-left',
    'hotline.content.fingerprinted',
    'hotline.content.removed-reported',
    'hotline.content.reopened',
    'hotline.contract.answered',
    'hotline.contract.asked',
    'hotline.contract.cut-off',
    'hotline.contract.pulled',
    'hotline.contract.question-refused',
    'hotline.contract.withdrawal-confirmed',
    'hotline.index.rebuilt',
    'hotline.look-up.logged',
    'hotline.look-up.made',
    'hotline.look-up.partial',
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
    'helpline.call.returned',
    'helpline.call.transferred',
    'helpline.danger.confirmed',
    'helpline.danger.declared',
    'helpline.item.queued',
    'helpline.item.risk-judged',
    'helpline.item.withdrawn')))
  EXECUTE FUNCTION journal_not_own();

COMMIT;
