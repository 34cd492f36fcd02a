-- What Prisma's schema has no words for: checks, append-only tables, the lawful steps of an action, notices, and who may write what.

-- ── Checks ─────────────────────────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE "user" ADD CHECK (role IN ('rep', 'manager', 'ops', 'admin', 'viewer')), ADD CHECK (email = lower(email));
ALTER TABLE "mailbox" ADD CHECK (daily_cap >= 0), ADD CHECK (address = lower(address));
ALTER TABLE "definition" ADD CHECK (kind IN ('policy', 'scoring', 'territories')), ADD CHECK (version > 0);
ALTER TABLE "account" ADD CHECK (name <> ''), ADD CHECK (domain = lower(domain)), ADD CHECK (employees >= 0);
ALTER TABLE "contact" ADD CHECK (email_key = lower(email_key));
ALTER TABLE "lead" ADD CHECK (status IN ('new', 'working', 'nurture', 'qualified', 'disqualified', 'converted', 'closed')),
  ADD CHECK (score_value BETWEEN 0 AND 100);
ALTER TABLE "stage" ADD CHECK (kind IN ('open', 'won', 'lost')), ADD CHECK (probability BETWEEN 0 AND 1);
ALTER TABLE "deal" ADD CHECK (amount_minor IS NULL OR currency IS NOT NULL);
ALTER TABLE "task" ADD CHECK (status IN ('open', 'done', 'cancelled'));
ALTER TABLE "source" ADD CHECK (kind IN ('page', 'mail', 'call_note', 'crm_field', 'knowledge'));
ALTER TABLE "fact" ADD CHECK (start >= 0 AND "end" > start), ADD CHECK (length(quote) <= "end" - start),
  ADD CHECK (by IN ('model', 'rules', 'person'));
ALTER TABLE "knowledge_item" ADD CHECK (kind IN ('offering', 'proof_point', 'case_study', 'price', 'voice'));
ALTER TABLE "score" ADD CHECK (value BETWEEN 0 AND 100);
ALTER TABLE "draft" ADD CHECK (kind IN ('first_touch', 'follow_up', 'answer')), ADD CHECK (by IN ('model', 'rules', 'person'));
ALTER TABLE "message" ADD CHECK (direction IN ('in', 'out'));
ALTER TABLE "deal_reading" ADD CHECK (field IN ('amount', 'close_date', 'stage', 'next_step', 'decision_maker'));
ALTER TABLE "suppression" ADD CHECK (kind IN ('email', 'domain')), ADD CHECK (value = lower(value));
ALTER TABLE "action" ADD CHECK (status IN ('proposed', 'allowed', 'waiting', 'approved', 'refused', 'expired', 'superseded',
  'claimed', 'done', 'failed', 'uncertain')), ADD CHECK (by IN ('model', 'rules', 'person', 'code'));
ALTER TABLE "approval" ADD CHECK (decision IN ('allow', 'approve', 'refuse', 'refuse_policy'));
ALTER TABLE "run" ADD CHECK (status IN ('running', 'waiting', 'paused', 'completed', 'cancelled')),
  ADD CHECK ((ended_at IS NULL) = (status NOT IN ('completed', 'cancelled')));
ALTER TABLE "step_run" ADD CHECK (status IN ('pending', 'done', 'failed', 'skipped', 'cancelled'));
ALTER TABLE "outbox" ADD CHECK (kind IN ('start', 'signal'));
ALTER TABLE "budget" ADD CHECK (spent_micros >= 0), ADD CHECK (spent_tokens >= 0);
ALTER TABLE "field_suggestion" ADD CHECK (status IN ('open', 'accepted', 'refused'));
ALTER TABLE "import_job" ADD CHECK (status IN ('running', 'done', 'failed'));

-- ── Partial indexes: small, and some of them are rules ─────────────────────────────────────────────────────────────
CREATE INDEX outbox_unsent ON "outbox" (next_at, id) WHERE sent_at IS NULL;
CREATE INDEX domain_event_unhandled ON "domain_event" (at) WHERE handled_at IS NULL;
CREATE INDEX run_open_by_contact ON "run" (contact_id) WHERE ended_at IS NULL;
CREATE INDEX run_open_by_lead ON "run" (lead_id) WHERE ended_at IS NULL;
CREATE INDEX action_undecided ON "action" (created_at) WHERE status = 'proposed';
-- One mail at a time to one person, whichever playbook sends it.
CREATE UNIQUE INDEX action_one_claim_per_contact ON "action" (contact_id) WHERE status IN ('claimed', 'uncertain') AND kind = 'send_mail';
CREATE INDEX message_unread ON "message" (created_at) WHERE direction = 'in' AND read_at IS NULL;

-- ── Append-only ────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['audit_event', 'approval', 'playbook_version', 'definition', 'run_state', 'deal_stage_change'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t);
    EXECUTE format('CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
END $$;

-- An effect may only ever gain the time it was undone.
CREATE FUNCTION effect_only_undone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.undone_at IS NOT NULL
    OR (to_jsonb(NEW) - 'undone_at') IS DISTINCT FROM (to_jsonb(OLD) - 'undone_at') THEN
    RAISE EXCEPTION 'effect is append-only but for undone_at' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "effect" FOR EACH ROW EXECUTE FUNCTION effect_only_undone();

-- ── An action's life: content never changes, and only these steps exist ────────────────────────────────────────────
CREATE FUNCTION action_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  movable text[] := ARRAY['status', 'policy_rule', 'claim_token', 'claimed_at', 'settled_at', 'failure_code', 'failure_why', 'escalated_at'];
  lawful text[];
BEGIN
  IF (to_jsonb(NEW) - movable) IS DISTINCT FROM (to_jsonb(OLD) - movable) THEN
    RAISE EXCEPTION 'the content of action % never changes: propose a new one', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.status <> OLD.status THEN
    lawful := CASE OLD.status
      WHEN 'proposed' THEN ARRAY['allowed', 'waiting', 'refused', 'superseded', 'expired']
      WHEN 'waiting' THEN ARRAY['approved', 'refused', 'expired', 'superseded']
      WHEN 'allowed' THEN ARRAY['claimed', 'expired', 'superseded', 'failed']
      WHEN 'approved' THEN ARRAY['claimed', 'expired', 'superseded', 'failed']
      -- back to its decision only where the effect certainly did not happen (the mail server said "later")
      WHEN 'claimed' THEN ARRAY['done', 'failed', 'uncertain', 'allowed', 'approved']
      WHEN 'uncertain' THEN ARRAY['done', 'failed']
      ELSE ARRAY[]::text[]
    END;
    IF NOT NEW.status = ANY (lawful) THEN
      RAISE EXCEPTION 'action % cannot go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    -- No decision without its signed row; the signature itself is checked by whoever claims.
    IF NEW.status IN ('allowed', 'approved') AND NOT EXISTS (
      SELECT 1 FROM approval WHERE action_id = NEW.id AND decision IN ('allow', 'approve')) THEN
      RAISE EXCEPTION 'action % has no approval', OLD.id USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lawful_step BEFORE UPDATE ON "action" FOR EACH ROW EXECUTE FUNCTION action_step();

CREATE FUNCTION action_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'proposed' THEN
    RAISE EXCEPTION 'an action begins as proposed, not as %', NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins_proposed BEFORE INSERT ON "action" FOR EACH ROW EXECUTE FUNCTION action_begins();

-- ── Notices: wake the listener; a missed one is found by its poll ──────────────────────────────────────────────────
CREATE FUNCTION notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('dealwright', TG_TABLE_NAME);
  RETURN NULL;
END $$;
CREATE TRIGGER wake AFTER INSERT ON "outbox" FOR EACH STATEMENT EXECUTE FUNCTION notice();
CREATE TRIGGER wake AFTER INSERT ON "domain_event" FOR EACH STATEMENT EXECUTE FUNCTION notice();
CREATE TRIGGER wake AFTER INSERT ON "action" FOR EACH STATEMENT EXECUTE FUNCTION notice();

-- ── Who may write what ─────────────────────────────────────────────────────────────────────────────────────────────
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'dealwright_server') THEN CREATE ROLE dealwright_server NOLOGIN; END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'dealwright_worker') THEN CREATE ROLE dealwright_worker NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of the cluster is being set up
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO dealwright_server, dealwright_worker;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO dealwright_server, dealwright_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO dealwright_server, dealwright_worker;

-- The server: everything a person or the policy decides, and the flow of events. It deletes nothing.
GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO dealwright_server;
REVOKE UPDATE ON "audit_event", "approval", "playbook_version", "definition", "run_state", "deal_stage_change" FROM dealwright_server;

-- The worker: what agents write. No approvals, no definitions, no playbooks, no people, no knowledge.
GRANT INSERT ON "account", "contact", "lead", "deal", "deal_stage_change", "task", "call_note", "source_text", "source", "fact",
  "unknown", "signal", "brief", "qualification", "score", "draft", "thread", "message", "deal_reading", "suppression", "effect", "domain_event",
  "run_state", "step_run", "outbox", "agent_run", "model_cache", "budget", "budget_reservation", "audit_event", "field_value", "field_change",
  "field_suggestion", "action" TO dealwright_worker;
GRANT UPDATE ON "account", "contact", "lead", "deal", "task", "signal", "thread", "message", "step_run", "model_cache", "budget", "agent_run",
  "field_suggestion", "run" TO dealwright_worker;
-- A settled reservation is gone: the one thing the worker may delete.
GRANT DELETE ON "budget_reservation" TO dealwright_worker;
GRANT UPDATE (undone_at) ON "effect" TO dealwright_worker;
-- "on conflict do update" of a business key needs the right to the key alone.
GRANT UPDATE (key) ON "fact" TO dealwright_worker;
GRANT UPDATE (question) ON "unknown" TO dealwright_worker;
GRANT UPDATE (reverted_at) ON "field_change" TO dealwright_worker;
GRANT UPDATE (status, claim_token, claimed_at, settled_at, failure_code, failure_why, escalated_at) ON "action" TO dealwright_worker;
GRANT UPDATE (value) ON "field_value" TO dealwright_server;
