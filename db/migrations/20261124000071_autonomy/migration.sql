-- Earned autonomy: grants and withdrawals, one signed row each.
CREATE TABLE "autonomy_grant" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "playbook" TEXT NOT NULL,
  "action_kind" TEXT NOT NULL,
  "segment" TEXT NOT NULL,
  "seq" INTEGER NOT NULL,
  "what" TEXT NOT NULL,
  "by" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "figures" JSONB NOT NULL,
  "key_id" TEXT NOT NULL,
  "signature" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "autonomy_grant_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "autonomy_grant_playbook_action_kind_segment_seq_key" ON "autonomy_grant"("playbook", "action_kind", "segment", "seq");
ALTER TABLE "autonomy_grant" ADD CHECK (what IN ('granted', 'withdrawn')), ADD CHECK (seq > 0), ADD CHECK ((what = 'granted') = (seq % 2 = 1)),
  ADD CHECK (reason <> '');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "autonomy_grant" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON "autonomy_grant" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON "autonomy_grant" TO dealwright_server;
GRANT SELECT ON "autonomy_grant" TO dealwright_worker;

-- What a class has to show, how sure one wants to be, and how many of its actions people go on seeing: one in so many.
ALTER TABLE "organisation"
  ADD COLUMN "autonomy_level" DOUBLE PRECISION NOT NULL DEFAULT 0.9,
  ADD COLUMN "autonomy_cases" INTEGER NOT NULL DEFAULT 50,
  ADD COLUMN "autonomy_sample" INTEGER NOT NULL DEFAULT 10;
ALTER TABLE "organisation" ADD CHECK (autonomy_level > 0.5 AND autonomy_level < 1), ADD CHECK (autonomy_cases >= 10), ADD CHECK (autonomy_sample >= 1);
