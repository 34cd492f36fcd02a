-- Why a playbook that an event would have started was not started: the one thing that agents do not do and that nothing else tells.
CREATE TABLE "not_started" (
    "event_id" UUID NOT NULL,
    "playbook" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "lead_id" UUID,
    "contact_id" UUID,
    "deal_id" UUID,
    "code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "not_started_pkey" PRIMARY KEY ("event_id", "playbook")
);
ALTER TABLE "not_started" ADD CHECK (code IN ('condition', 'condition_failed', 'once'));
CREATE INDEX "not_started_lead_id_idx" ON "not_started"("lead_id");
CREATE INDEX "not_started_contact_id_idx" ON "not_started"("contact_id");
CREATE INDEX "not_started_deal_id_idx" ON "not_started"("deal_id");
GRANT SELECT, INSERT ON "not_started" TO dealwright_server;
GRANT SELECT ON "not_started" TO dealwright_worker;
