-- Who decides for whom and by which key, questions, delegations, absences, reminders, and what is learnt from edits and refusals.

-- ── For whom a deputy decided, and by which key: part of what is signed ────────────────────────────────────────────
ALTER TABLE "approval"
  ADD COLUMN "for_user" UUID,
  ADD COLUMN "api_key" UUID;

-- What the worker may know of a key: whether it was taken back between the approval and the claim.
GRANT SELECT (id, revoked_at) ON "api_key" TO dealwright_worker;

-- ── The inbox: soonest expiry first ────────────────────────────────────────────────────────────────────────────────
CREATE INDEX action_waiting_soonest ON "action" ((coalesce(expires_at, '9999-12-31 00:00:00+00'::timestamptz)), id) WHERE status = 'waiting';

-- ── Delegation: one action handed to one person ────────────────────────────────────────────────────────────────────
CREATE TABLE "delegation" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "action_id" UUID NOT NULL,
  "from_id" UUID NOT NULL,
  "to_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "delegation_action_id_from_id_to_id_key" ON "delegation"("action_id", "from_id", "to_id");
CREATE INDEX "delegation_to_id_idx" ON "delegation"("to_id");
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "action"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "delegation" ADD CHECK (from_id <> to_id);

-- ── Absence with a deputy ──────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE "absence" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "user_id" UUID NOT NULL,
  "deputy_id" UUID NOT NULL,
  "from_at" TIMESTAMPTZ(3) NOT NULL,
  "to_at" TIMESTAMPTZ(3) NOT NULL,
  "made_by" UUID NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "absence_deputy_id_idx" ON "absence"("deputy_id");
CREATE INDEX "absence_user_id_idx" ON "absence"("user_id");
ALTER TABLE "absence" ADD CHECK (user_id <> deputy_id), ADD CHECK (to_at > from_at);

CREATE FUNCTION absence_only_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL OR (to_jsonb(NEW) - 'ended_at') IS DISTINCT FROM (to_jsonb(OLD) - 'ended_at') THEN
    RAISE EXCEPTION 'an absence is only ever ended' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "absence" FOR EACH ROW EXECUTE FUNCTION absence_only_ended();

-- ── A question back: texts apart, so that they can be erased ───────────────────────────────────────────────────────
CREATE TABLE "action_question" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "action_id" UUID NOT NULL,
  "asked_by" UUID NOT NULL,
  "asked_of" UUID NOT NULL,
  "question_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "answer_id" UUID,
  "answered_by" UUID,
  "answered_at" TIMESTAMPTZ(3),
  CONSTRAINT "action_question_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "action_question_action_id_idx" ON "action_question"("action_id");
CREATE INDEX "action_question_asked_of_answered_at_idx" ON "action_question"("asked_of", "answered_at");
ALTER TABLE "action_question" ADD CONSTRAINT "action_question_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "action"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION question_only_answered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  movable text[] := ARRAY['answer_id', 'answered_by', 'answered_at'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.answered_at IS NOT NULL OR (to_jsonb(NEW) - movable) IS DISTINCT FROM (to_jsonb(OLD) - movable) THEN
    RAISE EXCEPTION 'a question is only ever answered' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "action_question" FOR EACH ROW EXECUTE FUNCTION question_only_answered();

-- ── Reminders: at most one of a kind for an action ─────────────────────────────────────────────────────────────────
CREATE TABLE "action_reminder" (
  "action_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "action_reminder_pkey" PRIMARY KEY ("action_id", "user_id")
);
ALTER TABLE "action_reminder" ADD CONSTRAINT "action_reminder_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "action"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── Lessons: what people changed or refused, texts apart ───────────────────────────────────────────────────────────
CREATE TABLE "lesson" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "action_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "playbook" TEXT NOT NULL,
  "action_kind" TEXT NOT NULL,
  "segment" TEXT NOT NULL,
  "before_id" UUID NOT NULL,
  "after_id" UUID,
  "reason_id" UUID,
  "distance" INTEGER,
  "length" INTEGER,
  "by" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "lesson_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "lesson_action_id_key" ON "lesson"("action_id");
CREATE INDEX "lesson_playbook_action_kind_segment_at_idx" ON "lesson"("playbook", "action_kind", "segment", "at");
ALTER TABLE "lesson" ADD CONSTRAINT "lesson_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "action"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "lesson" ADD CHECK (kind IN ('edit', 'refusal')), ADD CHECK ((kind = 'edit') = (after_id IS NOT NULL AND distance IS NOT NULL AND length IS NOT NULL)),
  ADD CHECK ((kind = 'refusal') = (reason_id IS NOT NULL)), ADD CHECK (distance >= 0), ADD CHECK (length >= 0);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['delegation', 'action_reminder', 'lesson'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['delegation', 'absence', 'action_question', 'action_reminder', 'lesson'] LOOP
    EXECUTE format('CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO dealwright_server', t);
  END LOOP;
END $$;
GRANT UPDATE (ended_at) ON "absence" TO dealwright_server;
GRANT UPDATE (answer_id, answered_by, answered_at) ON "action_question" TO dealwright_server;
-- The worker looks at the claim whether whoever decided for somebody still may.
GRANT SELECT ON "delegation", "absence", "lesson" TO dealwright_worker;

-- ── When people are reminded, and when those above are ─────────────────────────────────────────────────────────────
ALTER TABLE "organisation"
  ADD COLUMN "remind_after_hours" INTEGER NOT NULL DEFAULT 4,
  ADD COLUMN "escalate_after_hours" INTEGER NOT NULL DEFAULT 16;
ALTER TABLE "organisation" ADD CHECK (remind_after_hours BETWEEN 1 AND 400), ADD CHECK (escalate_after_hours BETWEEN 1 AND 400);
