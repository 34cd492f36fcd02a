-- ── A person's own working hours, and whether they are reminded ────────────────────────────────────────────────────
CREATE TABLE "user_hours" (
  "user_id" UUID NOT NULL,
  "working_days" INTEGER[] NOT NULL,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "user_hours_pkey" PRIMARY KEY ("user_id")
);
ALTER TABLE "user_hours" ADD CONSTRAINT "user_hours_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "user_hours" ADD CHECK ("from" < "to"), ADD CHECK (cardinality(working_days) > 0);
GRANT SELECT, INSERT, UPDATE ON "user_hours" TO dealwright_server;
-- Whoever gives up their own has the team's again.
GRANT DELETE ON "user_hours" TO dealwright_server;
GRANT SELECT ON "user_hours" TO dealwright_worker;

ALTER TABLE "user" ADD COLUMN "reminders" BOOLEAN NOT NULL DEFAULT true;
