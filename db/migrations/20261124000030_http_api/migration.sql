-- The frame of the HTTP API: answers kept for repeats, live updates, webhooks, forms, and whose import it is.

CREATE TABLE "idempotency_key" (
  "caller" TEXT NOT NULL,
  "key_hash" TEXT NOT NULL,
  "request_hash" TEXT NOT NULL,
  "status" INTEGER,
  "answer" BYTEA,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("caller", "key_hash")
);
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- Ids are given before a transaction ends, so a later one may be seen first. Rows are therefore read in the order of their transactions,
-- and only those of which no older transaction is still under way: then nothing can come in behind what was read.
CREATE TABLE "live_event" (
  "id" BIGSERIAL NOT NULL,
  "tx" xid8 NOT NULL DEFAULT pg_current_xact_id(),
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "type" TEXT NOT NULL,
  "target" TEXT NOT NULL,
  "target_id" TEXT NOT NULL,
  CONSTRAINT "live_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "live_event_tx_id_idx" ON "live_event"("tx", "id");
CREATE INDEX "live_event_at_idx" ON "live_event"("at");

CREATE TABLE "webhook_endpoint" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "url" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "events" TEXT[] NOT NULL,
  -- The secret is derived from the server's key, the id and this: another number, another secret.
  "secret_version" INTEGER NOT NULL DEFAULT 1,
  "failures" INTEGER NOT NULL DEFAULT 0,
  "disabled_at" TIMESTAMPTZ(3),
  "disabled_why" TEXT,
  "deleted_at" TIMESTAMPTZ(3),
  "created_by" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id"),
  CHECK (cardinality(events) BETWEEN 1 AND 50), CHECK (secret_version > 0)
);

CREATE TABLE "webhook_delivery" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "endpoint_id" UUID NOT NULL,
  "type" TEXT NOT NULL,
  -- As it is sent, every time the same bytes.
  "body" TEXT NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'pending',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "settled_at" TIMESTAMPTZ(3),
  CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id"),
  CHECK (status IN ('pending', 'delivered', 'failed'))
);
CREATE INDEX "webhook_delivery_endpoint_id_created_at_id_idx" ON "webhook_delivery"("endpoint_id", "created_at", "id");
CREATE INDEX webhook_delivery_due ON "webhook_delivery" (next_at) WHERE status = 'pending';
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_id_fkey" FOREIGN KEY ("endpoint_id")
  REFERENCES "webhook_endpoint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "webhook_attempt" (
  "id" BIGSERIAL NOT NULL,
  "delivery_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  -- What the other side answered; null when it did not, and then the code says why.
  "http_status" INTEGER,
  "error_code" TEXT,
  "ms" INTEGER NOT NULL,
  CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "webhook_attempt_delivery_id_idx" ON "webhook_attempt"("delivery_id");
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id")
  REFERENCES "webhook_delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "lead_form" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "name" TEXT NOT NULL,
  -- Stands in the page that holds the form: it names the form and is no secret.
  "key" TEXT NOT NULL,
  "campaign" TEXT,
  "received" INTEGER NOT NULL DEFAULT 0,
  "spam" INTEGER NOT NULL DEFAULT 0,
  "closed_at" TIMESTAMPTZ(3),
  "created_by" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "lead_form_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "lead_form_key_key" ON "lead_form"("key");

ALTER TABLE "import_job" ADD COLUMN "created_by" UUID;

-- Every change writes an audit event in its transaction. What is told of it, to people who look on and to webhooks, is written with it:
-- a crash loses neither, and what is rolled back is told to nobody. Ids alone: who may see the record reads it.
CREATE FUNCTION tell_of_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO live_event (type, target, target_id) VALUES (NEW.type, NEW.target, NEW.target_id);
  INSERT INTO webhook_delivery (endpoint_id, type, body)
    SELECT e.id, NEW.type, json_build_object('type', NEW.type, 'timestamp', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'data', json_build_object('event', NEW.id, 'target', NEW.target, 'id', NEW.target_id, 'run', NEW.run_id))::text
    FROM webhook_endpoint e WHERE e.disabled_at IS NULL AND e.deleted_at IS NULL
      AND e.events && ARRAY['*', NEW.type, split_part(NEW.type, '.', 1) || '.*'];
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION tell_of_change() FROM PUBLIC;
CREATE TRIGGER told AFTER INSERT ON "audit_event" FOR EACH ROW EXECUTE FUNCTION tell_of_change();

CREATE FUNCTION live_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('dealwright_live', '');
  RETURN NULL;
END $$;
CREATE TRIGGER wake AFTER INSERT ON "live_event" FOR EACH STATEMENT EXECUTE FUNCTION live_notice();
-- Row by row: a statement of the function above that finds no endpoint inserts nothing and wakes nobody.
CREATE TRIGGER wake AFTER INSERT ON "webhook_delivery" FOR EACH ROW EXECUTE FUNCTION notice();

GRANT SELECT, INSERT, UPDATE, DELETE ON "idempotency_key" TO dealwright_server;
GRANT SELECT, DELETE ON "live_event" TO dealwright_server;
GRANT SELECT, INSERT, UPDATE ON "webhook_endpoint", "lead_form" TO dealwright_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON "webhook_delivery" TO dealwright_server;
GRANT SELECT, INSERT, DELETE ON "webhook_attempt" TO dealwright_server;
GRANT USAGE ON SEQUENCE webhook_attempt_id_seq TO dealwright_server;
