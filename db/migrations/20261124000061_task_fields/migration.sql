-- Tasks keep the history of their fields like every other record.
ALTER TABLE "task" ADD COLUMN "field_owners" JSONB NOT NULL DEFAULT '{}', ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
