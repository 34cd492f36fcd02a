-- Questions in plain words: who asked what, and each step of the answer as it came.

CREATE TABLE "ask" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "user_id" UUID NOT NULL,
  "scopes" TEXT[],
  "question" TEXT NOT NULL,
  "saved" TEXT,
  "status" TEXT NOT NULL DEFAULT 'asked',
  "by" TEXT,
  "why" TEXT,
  "offers" JSONB,
  "attempt" INTEGER NOT NULL DEFAULT 0,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "ask_pkey" PRIMARY KEY ("id"),
  CHECK (status IN ('asked', 'answering', 'answered', 'offered', 'failed', 'cancelled')),
  CHECK ((ended_at IS NULL) = (status IN ('asked', 'answering'))),
  CHECK (by IN ('model', 'rules'))
);
CREATE INDEX "ask_user_id_created_at_id_idx" ON "ask"("user_id", "created_at", "id");
CREATE INDEX ask_open ON "ask" (created_at) WHERE ended_at IS NULL;

CREATE TABLE "ask_step" (
  "id" BIGSERIAL NOT NULL,
  "ask_id" UUID NOT NULL,
  "attempt" INTEGER NOT NULL,
  "n" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "body" JSONB NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "ask_step_pkey" PRIMARY KEY ("id"),
  CHECK (kind IN ('look', 'sentence'))
);
CREATE UNIQUE INDEX "ask_step_ask_id_attempt_n_key" ON "ask_step"("ask_id", "attempt", "n");
ALTER TABLE "ask_step" ADD CONSTRAINT "ask_step_ask_id_fkey" FOREIGN KEY ("ask_id") REFERENCES "ask"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was said stays as it was said, but for the erasure of a person; after its time the whole question goes.
CREATE TRIGGER append_only BEFORE UPDATE ON "ask_step" FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION refuse_change();
-- An answer that has ended does not begin again, and a question never changes.
CREATE FUNCTION ask_step_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR NEW.attempt < OLD.attempt
    OR (NEW.user_id, NEW.scopes, NEW.question, NEW.saved) IS DISTINCT FROM (OLD.user_id, OLD.scopes, OLD.question, OLD.saved) THEN
    RAISE EXCEPTION 'question % has ended, or would become another', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER onward BEFORE UPDATE ON "ask" FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION ask_step_on();

-- Told as it comes to who looks on, which is the asker alone; steps are too many and too small for the audit trail.
CREATE FUNCTION tell_of_ask() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO live_event (type, target, target_id)
    VALUES ('ask.step', 'ask', CASE TG_TABLE_NAME WHEN 'ask' THEN to_jsonb(NEW)->>'id' ELSE to_jsonb(NEW)->>'ask_id' END);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION tell_of_ask() FROM PUBLIC;
CREATE TRIGGER told AFTER INSERT ON "ask_step" FOR EACH ROW EXECUTE FUNCTION tell_of_ask();
CREATE TRIGGER told AFTER UPDATE ON "ask" FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION tell_of_ask();

GRANT SELECT, INSERT, DELETE ON "ask" TO dealwright_server;
GRANT UPDATE (status, why, ended_at) ON "ask" TO dealwright_server;
GRANT SELECT ON "ask_step" TO dealwright_server;
-- The worker answers; it asks nothing and takes nothing away.
GRANT SELECT ON "ask" TO dealwright_worker;
GRANT UPDATE (status, by, why, offers, attempt, ended_at) ON "ask" TO dealwright_worker;
GRANT SELECT, INSERT ON "ask_step" TO dealwright_worker;
GRANT USAGE ON SEQUENCE ask_step_id_seq TO dealwright_worker;
