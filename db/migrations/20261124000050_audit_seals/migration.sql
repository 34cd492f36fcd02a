-- Events of the audit trail are sealed in batches, in the order of their ids. That a batch is complete needs one thing of writers: a
-- transaction has its number before it takes an id, so that once all transactions with smaller numbers have ended, no smaller id can come.
CREATE FUNCTION audit_event_next_id() RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT nextval('audit_event_id_seq'::regclass) FROM pg_current_xact_id() AS first
$$;
ALTER TABLE "audit_event" ALTER COLUMN "id" SET DEFAULT audit_event_next_id();

-- Id and time are the database's to give.
REVOKE INSERT ON "audit_event" FROM dealwright_server, dealwright_worker;
GRANT INSERT (actor, type, target, target_id, run_id, data) ON "audit_event" TO dealwright_server, dealwright_worker;

CREATE INDEX audit_event_by_actor ON "audit_event" (actor, id);

CREATE TABLE "audit_seal" (
    "seal" INTEGER NOT NULL,
    "last_id" BIGINT NOT NULL,
    "events" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "marks" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("seal")
);
ALTER TABLE "audit_seal" ADD CHECK (seal > 0), ADD CHECK (events > 0);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "audit_seal" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON "audit_seal" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- Only the server seals: it holds the key that signs.
GRANT SELECT, INSERT ON "audit_seal" TO dealwright_server;
