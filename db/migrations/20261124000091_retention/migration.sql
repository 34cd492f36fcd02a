-- How long what is kept is kept: the organisation's times as data, and the sweep that takes away what is past them. What is due is decided
-- here, once, for the preview and for the sweep alike; and never what evidence in use, undecided work, an open deal or a legal hold rests on.

CREATE TABLE "retention_rule" (
    "kind" TEXT NOT NULL,
    "days" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "retention_rule_pkey" PRIMARY KEY ("kind")
);
ALTER TABLE "retention_rule" ADD CHECK (days BETWEEN 1 AND 36500);
-- The defaults and their reasons: domain/privacy/retention.ts.
INSERT INTO "retention_rule" (kind, days) VALUES ('page', 180), ('fact', 365), ('mail', 2192), ('note', 2192), ('proposal', 365),
  ('model_answer', 30), ('agent_run', 730), ('run_state', 180), ('import_row', 90);
GRANT SELECT, UPDATE ("days", "updated_at") ON "retention_rule" TO dealwright_server;

-- A sweep under way is the one without an end; what it took stands here batch by batch, so that a killed one goes on.
CREATE TABLE "retention_sweep" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "at_kind" INTEGER NOT NULL DEFAULT 0,
    "rows" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "retention_sweep_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX retention_sweep_one ON "retention_sweep" ((true)) WHERE ended_at IS NULL;
CREATE INDEX "retention_sweep_started_at_idx" ON "retention_sweep"("started_at");
GRANT SELECT, INSERT, UPDATE ON "retention_sweep" TO dealwright_server;

CREATE TABLE "legal_hold" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "contact_id" UUID,
    "account_id" UUID,
    "why" TEXT NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "released_by" TEXT,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "legal_hold" ADD CHECK (num_nonnulls(contact_id, account_id) = 1), ADD CHECK (why <> '');
CREATE INDEX legal_hold_in_force ON "legal_hold" (contact_id, account_id) WHERE released_at IS NULL;
GRANT SELECT, INSERT, UPDATE ("released_by", "released_at") ON "legal_hold" TO dealwright_server;

-- When a text was taken away by time: it is not looked at again.
ALTER TABLE "source" ADD COLUMN "emptied_at" TIMESTAMPTZ(3);
ALTER TABLE "action" ADD COLUMN "emptied_at" TIMESTAMPTZ(3);
ALTER TABLE "run" ADD COLUMN "emptied_at" TIMESTAMPTZ(3);

-- What the questions below, foreign keys and the erasure of a person look by.
CREATE INDEX "message_source_id_idx" ON "message"("source_id");
CREATE INDEX message_action ON "message" (action_id) WHERE action_id IS NOT NULL;
CREATE INDEX lead_message_source ON "lead" (message_source_id) WHERE message_source_id IS NOT NULL;
CREATE INDEX "call_note_source_id_idx" ON "call_note"("source_id");
CREATE INDEX "deal_reading_source_id_idx" ON "deal_reading"("source_id");
CREATE INDEX field_suggestion_source ON "field_suggestion" (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX "knowledge_item_source_id_idx" ON "knowledge_item"("source_id");
CREATE INDEX source_kept ON "source" (kind, fetched_at) WHERE emptied_at IS NULL;
CREATE INDEX fact_expired ON "fact" (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX fact_by_agent_run ON "fact" (agent_run_id) WHERE agent_run_id IS NOT NULL;
CREATE INDEX draft_by_agent_run ON "draft" (agent_run_id) WHERE agent_run_id IS NOT NULL;
CREATE INDEX draft_of_action ON "action" (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX action_superseded ON "action" (supersedes_id) WHERE supersedes_id IS NOT NULL;
CREATE INDEX action_kept ON "action" ((coalesce(settled_at, created_at))) WHERE emptied_at IS NULL AND status IN ('refused', 'expired', 'superseded', 'failed');
CREATE INDEX run_kept ON "run" (ended_at) WHERE emptied_at IS NULL AND ended_at IS NOT NULL;
CREATE INDEX "model_cache_at_idx" ON "model_cache"("at");

-- ── What nothing is taken from: undecided actions, open runs, open deals, legal holds ─────────────────────────────────
CREATE VIEW kept_lead AS
  SELECT lead_id AS id FROM action WHERE lead_id IS NOT NULL AND status IN ('proposed', 'allowed', 'waiting', 'approved', 'claimed', 'uncertain')
  UNION ALL SELECT lead_id FROM run WHERE lead_id IS NOT NULL AND ended_at IS NULL
  UNION ALL SELECT d.lead_id FROM deal d JOIN stage s ON s.id = d.stage_id WHERE s.kind = 'open' AND d.lead_id IS NOT NULL
  UNION ALL SELECT l.id FROM legal_hold h JOIN lead l ON l.contact_id = h.contact_id OR l.account_id = h.account_id WHERE h.released_at IS NULL;

CREATE VIEW kept_contact AS
  SELECT contact_id AS id FROM action WHERE contact_id IS NOT NULL AND status IN ('proposed', 'allowed', 'waiting', 'approved', 'claimed', 'uncertain')
  UNION ALL SELECT contact_id FROM run WHERE contact_id IS NOT NULL AND ended_at IS NULL
  UNION ALL SELECT d.contact_id FROM deal d JOIN stage s ON s.id = d.stage_id WHERE s.kind = 'open' AND d.contact_id IS NOT NULL
  UNION ALL SELECT l.contact_id FROM kept_lead k JOIN lead l ON l.id = k.id WHERE l.contact_id IS NOT NULL
  UNION ALL SELECT c.id FROM legal_hold h JOIN contact c ON c.id = h.contact_id OR c.account_id = h.account_id WHERE h.released_at IS NULL;

CREATE VIEW kept_account AS
  SELECT account_id AS id FROM run WHERE account_id IS NOT NULL AND ended_at IS NULL
  UNION ALL SELECT d.account_id FROM deal d JOIN stage s ON s.id = d.stage_id WHERE s.kind = 'open' AND d.account_id IS NOT NULL
  UNION ALL SELECT l.account_id FROM kept_lead k JOIN lead l ON l.id = k.id WHERE l.account_id IS NOT NULL
  UNION ALL SELECT c.account_id FROM kept_contact k JOIN contact c ON c.id = k.id WHERE c.account_id IS NOT NULL
  UNION ALL SELECT account_id FROM legal_hold WHERE account_id IS NOT NULL AND released_at IS NULL;

-- Somebody under a legal hold, by themselves or by their company.
CREATE FUNCTION is_held(person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM legal_hold h JOIN contact c ON c.id = person WHERE h.released_at IS NULL
    AND (h.contact_id = c.id OR h.account_id = c.account_id))
$$;

-- Whether something that was written or judged rests on the fact.
CREATE FUNCTION is_cited(fact uuid, account uuid, contact uuid, lead uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  WITH about AS (SELECT lead AS id UNION SELECT l.id FROM lead l WHERE l.account_id = account UNION SELECT l.id FROM lead l WHERE l.contact_id = contact),
    named AS (SELECT jsonb_build_array(jsonb_build_object('factIds', jsonb_build_array(fact::text))) AS facts,
      jsonb_build_array(jsonb_build_object('ids', jsonb_build_array(fact::text))) AS ids)
  SELECT EXISTS (SELECT 1 FROM draft d, named n WHERE d.lead_id IN (SELECT id FROM about) AND d.sentences @> n.ids)
    OR EXISTS (SELECT 1 FROM brief b, named n WHERE b.lead_id IN (SELECT id FROM about) AND b.lines @> n.facts)
    OR EXISTS (SELECT 1 FROM qualification q, named n WHERE q.lead_id IN (SELECT id FROM about) AND q.factors @> n.facts)
    OR EXISTS (SELECT 1 FROM score s, named n WHERE s.lead_id IN (SELECT id FROM about) AND s.parts @> n.facts)
$$;

-- ── What is due, kind by kind, of what is older than `before` ─────────────────────────────────────────────────────────
CREATE FUNCTION due_page(before timestamptz) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT s.id::text FROM source s WHERE s.kind = 'page' AND s.emptied_at IS NULL AND s.fetched_at < before
    AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM field_suggestion g WHERE g.source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM deal_reading r WHERE r.source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM knowledge_item i WHERE i.source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM message m WHERE m.source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM call_note n WHERE n.source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM lead l WHERE l.message_source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM kept_account k WHERE k.id = s.account_id)
$$;

CREATE FUNCTION due_fact(before timestamptz) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT f.id::text FROM fact f WHERE f.expires_at < before
    AND NOT EXISTS (SELECT 1 FROM kept_account k WHERE k.id = f.account_id)
    AND NOT EXISTS (SELECT 1 FROM kept_contact k WHERE k.id = f.contact_id)
    AND NOT EXISTS (SELECT 1 FROM kept_lead k WHERE k.id = f.lead_id)
    AND NOT EXISTS (SELECT 1 FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.id = f.deal_id AND s.kind = 'open')
    AND NOT is_cited(f.id, f.account_id, f.contact_id, f.lead_id)
$$;

-- What was written to us and by us: mails and what came by a form, as sources.
CREATE FUNCTION due_mail(before timestamptz) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT s.id::text FROM source s WHERE s.kind = 'mail' AND s.emptied_at IS NULL AND s.fetched_at < before
    AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM field_suggestion g WHERE g.source_id = s.id AND g.status = 'open')
    AND NOT EXISTS (SELECT 1 FROM message m WHERE m.source_id = s.id AND (m.at >= before OR (m.direction = 'in' AND m.read_at IS NULL)))
    AND NOT EXISTS (SELECT 1 FROM message m JOIN kept_contact k ON k.id = m.contact_id WHERE m.source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM lead l JOIN kept_lead k ON k.id = l.id WHERE l.message_source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM kept_account k WHERE k.id = s.account_id)
$$;

CREATE FUNCTION due_note(before timestamptz) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT s.id::text FROM source s WHERE s.kind = 'call_note' AND s.emptied_at IS NULL AND s.fetched_at < before
    AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM field_suggestion g WHERE g.source_id = s.id AND g.status = 'open')
    AND NOT EXISTS (SELECT 1 FROM call_note n JOIN kept_contact k ON k.id = n.contact_id WHERE n.source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM call_note n JOIN kept_lead k ON k.id = n.lead_id WHERE n.source_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM call_note n JOIN deal d ON d.id = n.deal_id JOIN stage g ON g.id = d.stage_id
      WHERE n.source_id = s.id AND g.kind = 'open')
    AND NOT EXISTS (SELECT 1 FROM kept_account k WHERE k.id = s.account_id)
$$;

-- What was proposed and never done.
CREATE FUNCTION due_proposal(before timestamptz) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT a.id::text FROM action a WHERE a.status IN ('refused', 'expired', 'superseded', 'failed') AND a.emptied_at IS NULL
    AND coalesce(a.settled_at, a.created_at) < before
    AND NOT EXISTS (SELECT 1 FROM kept_lead k WHERE k.id = a.lead_id)
    AND NOT EXISTS (SELECT 1 FROM kept_contact k WHERE k.id = a.contact_id)
    AND NOT EXISTS (SELECT 1 FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.id = a.deal_id AND s.kind = 'open')
    AND NOT EXISTS (SELECT 1 FROM action b WHERE b.supersedes_id = a.id
      AND b.status IN ('proposed', 'allowed', 'waiting', 'approved', 'claimed', 'uncertain'))
$$;

CREATE FUNCTION due_model_answer(before timestamptz) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT key FROM model_cache WHERE at < before
$$;

CREATE FUNCTION due_agent_run(before timestamptz) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT g.id::text FROM agent_run g WHERE g.at < before
    AND NOT EXISTS (SELECT 1 FROM run r WHERE r.id = g.run_id AND r.ended_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.agent_run_id = g.id)
    AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.agent_run_id = g.id)
$$;

CREATE FUNCTION due_run_state(before timestamptz) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT r.id::text FROM run r WHERE r.ended_at < before AND r.emptied_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM kept_lead k WHERE k.id = r.lead_id)
    AND NOT EXISTS (SELECT 1 FROM kept_contact k WHERE k.id = r.contact_id)
    AND NOT EXISTS (SELECT 1 FROM action a WHERE a.run_id = r.id AND a.status IN ('proposed', 'allowed', 'waiting', 'approved', 'claimed', 'uncertain'))
$$;

CREATE FUNCTION due_import_row(before timestamptz) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT w.id::text FROM import_row w JOIN import_job j ON j.id = w.job_id WHERE j.ended_at < before
$$;

-- ── Taking away ───────────────────────────────────────────────────────────────────────────────────────────────────────
-- Texts go, records, ids, hashes, signatures and the trail stay; `word` stands where a text may not be empty. Erasure and sweep share these.
CREATE FUNCTION empty_messages(ids uuid[], word text) RETURNS void LANGUAGE sql AS $$
  UPDATE message SET subject = word, raw = '', headers = '{}', label_quote = NULL WHERE id = ANY (ids)
$$;
CREATE FUNCTION empty_drafts(ids uuid[], word text) RETURNS void LANGUAGE sql AS $$
  UPDATE draft SET subject = word, body = '', sentences = '[]' WHERE id = ANY (ids)
$$;
CREATE FUNCTION empty_actions(ids uuid[], word text) RETURNS void LANGUAGE sql AS $$
  UPDATE action SET summary = word, content = jsonb_build_object(word, true), rendered = NULL, relied_on = '[]',
    failure_why = CASE WHEN failure_why IS NOT NULL THEN word END, emptied_at = now() WHERE id = ANY (ids)
$$;
-- What people made of proposals and asked about them, in words.
CREATE FUNCTION empty_words_on(actions uuid[]) RETURNS void LANGUAGE sql AS $$
  UPDATE field_value SET value = NULL WHERE value IS NOT NULL AND id IN (
    SELECT unnest(ARRAY[before_id, after_id, reason_id]) FROM lesson WHERE action_id = ANY (actions)
    UNION SELECT unnest(ARRAY[question_id, answer_id]) FROM action_question WHERE action_id = ANY (actions))
$$;

-- Mails, forms and notes: the source loses its text, and so does whatever repeats it.
CREATE FUNCTION empty_sources(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  texts text[] := ARRAY(SELECT DISTINCT text_hash FROM source WHERE id = ANY (ids));
  mails uuid[] := ARRAY(SELECT id FROM message WHERE source_id = ANY (ids));
  acts uuid[] := ARRAY(SELECT action_id FROM message WHERE id = ANY (mails) AND action_id IS NOT NULL);
  nothing text := encode(sha256(''), 'hex');
BEGIN
  INSERT INTO source_text (hash, text) VALUES (nothing, '') ON CONFLICT (hash) DO NOTHING;
  DELETE FROM deal_reading WHERE source_id = ANY (ids);
  DELETE FROM field_suggestion WHERE source_id = ANY (ids);
  UPDATE source SET text_hash = nothing, structure = '{}', title = NULL, emptied_at = now() WHERE id = ANY (ids);
  PERFORM empty_messages(mails, 'removed');
  PERFORM empty_drafts(ARRAY(SELECT draft_id FROM action WHERE id = ANY (acts) AND draft_id IS NOT NULL), 'removed');
  PERFORM empty_actions(acts, 'removed');
  PERFORM empty_words_on(acts);
  UPDATE thread t SET subject = 'removed' WHERE t.id IN (SELECT thread_id FROM message WHERE id = ANY (mails))
    AND NOT EXISTS (SELECT 1 FROM message m JOIN source s ON s.id = m.source_id WHERE m.thread_id = t.id AND s.emptied_at IS NULL);
  PERFORM drop_unused_texts(array_remove(texts, nothing));
END $$;

-- One batch of one kind, by the rule in force. Returns how many rows went.
CREATE FUNCTION retention_take(what text, at_most int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before timestamptz := (SELECT clock_timestamp() - make_interval(days => days) FROM retention_rule WHERE kind = what AND days IS NOT NULL);
  keys text[];
  gone uuid[];
  texts text[];
BEGIN
  IF before IS NULL THEN RETURN 0; END IF;
  EXECUTE format('SELECT coalesce(array_agg(k), ''{}'') FROM (SELECT k FROM %I($1) k LIMIT $2) one', 'due_' || what) INTO keys USING before, at_most;
  IF cardinality(keys) = 0 THEN RETURN 0; END IF;
  PERFORM set_config('dealwright.erasing', 'on', true);
  IF what = 'model_answer' THEN
    DELETE FROM model_cache WHERE key = ANY (keys);
  ELSE
    gone := keys::uuid[];
    CASE what
      WHEN 'page' THEN
        texts := ARRAY(SELECT DISTINCT text_hash FROM source WHERE id = ANY (gone));
        DELETE FROM source WHERE id = ANY (gone);
        PERFORM drop_unused_texts(texts);
      WHEN 'fact' THEN
        DELETE FROM signal WHERE fact_id = ANY (gone);
        DELETE FROM fact WHERE id = ANY (gone);
      WHEN 'mail', 'note' THEN
        PERFORM empty_sources(gone);
      WHEN 'proposal' THEN
        PERFORM empty_drafts(ARRAY(SELECT draft_id FROM action a WHERE id = ANY (gone) AND NOT EXISTS (
          SELECT 1 FROM action b WHERE b.draft_id = a.draft_id AND b.id <> ALL (gone) AND b.emptied_at IS NULL)), 'removed');
        PERFORM empty_actions(gone, 'removed');
        PERFORM empty_words_on(gone);
      WHEN 'agent_run' THEN
        DELETE FROM agent_run WHERE id = ANY (gone);
      WHEN 'run_state' THEN
        DELETE FROM run_state WHERE run_id = ANY (gone);
        UPDATE run SET emptied_at = now() WHERE id = ANY (gone);
      WHEN 'import_row' THEN
        DELETE FROM import_row WHERE id = ANY (gone);
    END CASE;
  END IF;
  PERFORM set_config('dealwright.erasing', '', true);
  RETURN cardinality(keys);
END $$;

REVOKE ALL ON FUNCTION empty_messages(uuid[], text), empty_drafts(uuid[], text), empty_actions(uuid[], text), empty_words_on(uuid[]),
  empty_sources(uuid[]), retention_take(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_take(text, int) TO dealwright_server;
GRANT SELECT ON kept_lead, kept_contact, kept_account TO dealwright_server;
