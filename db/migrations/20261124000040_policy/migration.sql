-- What the policy decided and on what facts, approvals by more than one person, the stop switch, and whom nobody may write to.

-- ── What a playbook asks for, who made it, and why it waits ────────────────────────────────────────────────────────
ALTER TABLE "action"
  ADD COLUMN "must_ask" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "people" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "not_by_maker" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "made_by" UUID,
  ADD COLUMN "held_code" TEXT,
  ADD COLUMN "held_why" TEXT,
  ADD COLUMN "held_until" TIMESTAMPTZ(3);
ALTER TABLE "action" ADD CHECK (people IN (1, 2));
GRANT UPDATE (held_code, held_why, held_until) ON "action" TO dealwright_worker;
CREATE INDEX action_held ON "action" (held_code, created_at) WHERE held_code IS NOT NULL;
-- What caps count.
CREATE INDEX action_mail_claimed ON "action" (claimed_at) WHERE kind = 'send_mail' AND claimed_at IS NOT NULL;

-- ── What the policy said of each action: signed, so that nobody loosens it afterwards ──────────────────────────────
CREATE TABLE "policy_verdict" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "action_id" UUID NOT NULL,
  "version" INTEGER,
  "rule" TEXT NOT NULL,
  "verdict" TEXT NOT NULL,
  "approver" TEXT NOT NULL,
  "people" INTEGER NOT NULL,
  "not_by" UUID,
  "subject" JSONB NOT NULL,
  "key_id" TEXT NOT NULL,
  "signature" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "policy_verdict_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "policy_verdict_action_id_key" ON "policy_verdict"("action_id");
CREATE INDEX "policy_verdict_at_idx" ON "policy_verdict"("at");
ALTER TABLE "policy_verdict" ADD CONSTRAINT "policy_verdict_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "action"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "policy_verdict" ADD CHECK (verdict IN ('allow', 'ask', 'refuse')), ADD CHECK (approver IN ('owner', 'manager', 'ops')),
  ADD CHECK (people IN (1, 2));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "policy_verdict" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON "policy_verdict" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON "policy_verdict" TO dealwright_server;
GRANT SELECT ON "policy_verdict" TO dealwright_worker;

-- ── Approvals: one row a person, each signed with its seat ─────────────────────────────────────────────────────────
ALTER TABLE "approval"
  ADD COLUMN "seat" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "people" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "not_by" UUID;
ALTER TABLE "approval" ADD CHECK (seat BETWEEN 1 AND people);
DROP INDEX "approval_action_id_key";
CREATE UNIQUE INDEX "approval_action_id_seat_key" ON "approval"("action_id", "seat");
-- One person is one approval, however often they say it. (Who approved first may still refuse before the second has.)
CREATE UNIQUE INDEX approval_one_a_person ON "approval" ("action_id", "by") WHERE decision = 'approve';

CREATE OR REPLACE FUNCTION action_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  movable text[] := ARRAY['status', 'policy_rule', 'claim_token', 'claimed_at', 'settled_at', 'failure_code', 'failure_why', 'escalated_at',
    'held_code', 'held_why', 'held_until'];
  lawful text[];
BEGIN
  -- Whom the policy asks is settled when it asks, and never again.
  IF OLD.status = 'proposed' AND NEW.status = 'waiting' THEN movable := movable || 'approver'::text; END IF;
  IF (to_jsonb(NEW) - movable) IS DISTINCT FROM (to_jsonb(OLD) - movable) THEN
    RAISE EXCEPTION 'the content of action % never changes: propose a new one', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.status <> OLD.status THEN
    lawful := CASE OLD.status
      WHEN 'proposed' THEN ARRAY['allowed', 'waiting', 'refused', 'superseded', 'expired']
      WHEN 'waiting' THEN ARRAY['approved', 'refused', 'expired', 'superseded']
      WHEN 'allowed' THEN ARRAY['claimed', 'expired', 'superseded', 'failed']
      WHEN 'approved' THEN ARRAY['claimed', 'expired', 'superseded', 'failed']
      -- back to its decision only where the effect certainly did not happen (the mail server said "later", or it was stopped)
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
    -- As many people as the policy asks for, and nobody against it.
    IF NEW.status = 'approved' AND (
      EXISTS (SELECT 1 FROM approval WHERE action_id = NEW.id AND decision IN ('refuse', 'refuse_policy'))
      OR (SELECT count(*) FROM approval WHERE action_id = NEW.id AND decision = 'approve')
        < coalesce((SELECT people FROM policy_verdict WHERE action_id = NEW.id), 1)) THEN
      RAISE EXCEPTION 'action % has not the approvals that it needs', OLD.id USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- ── The stop switch ────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE "stop" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "scope" TEXT NOT NULL,
  "target" TEXT NOT NULL DEFAULT '',
  "reason" TEXT NOT NULL,
  "engaged_by" TEXT NOT NULL,
  "engaged_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "released_by" TEXT,
  "released_at" TIMESTAMPTZ(3),
  "release_reason" TEXT,
  CONSTRAINT "stop_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "stop_engaged_at_idx" ON "stop"("engaged_at");
CREATE UNIQUE INDEX stop_one_engaged ON "stop" (scope, target) WHERE released_at IS NULL;
ALTER TABLE "stop" ADD CHECK (scope IN ('organisation', 'team', 'playbook', 'mailbox')), ADD CHECK ((scope = 'organisation') = (target = '')),
  ADD CHECK (reason <> ''), ADD CHECK ((released_at IS NULL) = (released_by IS NULL));

-- A stop is engaged once and released once; nothing else of it changes.
CREATE FUNCTION stop_only_released() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  movable text[] := ARRAY['released_by', 'released_at', 'release_reason'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.released_at IS NOT NULL OR (to_jsonb(NEW) - movable) IS DISTINCT FROM (to_jsonb(OLD) - movable) THEN
    RAISE EXCEPTION 'a stop is only ever released' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "stop" FOR EACH ROW EXECUTE FUNCTION stop_only_released();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON "stop" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON "stop" TO dealwright_server;
GRANT UPDATE (released_by, released_at, release_reason) ON "stop" TO dealwright_server;
GRANT SELECT ON "stop" TO dealwright_worker;

-- ── Whom nobody may write to, by our own word (what recipients asked for is in suppression) ────────────────────────
CREATE TABLE "never_contact" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "kind" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "added_by" TEXT NOT NULL,
  "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "removed_by" TEXT,
  "removed_at" TIMESTAMPTZ(3),
  "removed_why" TEXT,
  CONSTRAINT "never_contact_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "never_contact_added_at_id_idx" ON "never_contact"("added_at" DESC, "id" DESC);
CREATE UNIQUE INDEX never_contact_one ON "never_contact" (kind, value) WHERE removed_at IS NULL;
ALTER TABLE "never_contact" ADD CHECK (kind IN ('address', 'domain', 'account')), ADD CHECK (value = lower(value) AND value <> ''),
  ADD CHECK (reason <> ''), ADD CHECK ((removed_at IS NULL) = (removed_by IS NULL));

CREATE FUNCTION never_contact_only_removed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  movable text[] := ARRAY['removed_by', 'removed_at', 'removed_why'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.removed_at IS NOT NULL OR (to_jsonb(NEW) - movable) IS DISTINCT FROM (to_jsonb(OLD) - movable) THEN
    RAISE EXCEPTION 'an entry of never_contact is only ever removed from force' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "never_contact" FOR EACH ROW EXECUTE FUNCTION never_contact_only_removed();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON "never_contact" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON "never_contact" TO dealwright_server;
GRANT UPDATE (removed_by, removed_at, removed_why) ON "never_contact" TO dealwright_server;
GRANT SELECT ON "never_contact" TO dealwright_worker;
