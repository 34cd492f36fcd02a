-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "organisation" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "domain" TEXT,
    "currency" TEXT NOT NULL DEFAULT 'EUR',
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "country" TEXT,
    "address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "manager_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "team_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "capacity" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailbox" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "signature" TEXT NOT NULL DEFAULT '',
    "daily_cap" INTEGER NOT NULL DEFAULT 50,
    "paused_at" TIMESTAMPTZ(3),
    "paused_why" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mailbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "definition" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "published_by" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "definition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "domain" TEXT,
    "website" TEXT,
    "industry" TEXT,
    "country" TEXT,
    "city" TEXT,
    "employees" INTEGER,
    "revenue_minor" BIGINT,
    "currency" TEXT,
    "founded" INTEGER,
    "phone" TEXT,
    "parent_name" TEXT,
    "owner_id" UUID,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "field_owners" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL DEFAULT '',
    "first_name" TEXT,
    "last_name" TEXT,
    "title" TEXT,
    "email" TEXT,
    "email_key" TEXT,
    "phone" TEXT,
    "country" TEXT,
    "zone" TEXT,
    "language" TEXT,
    "stale_at" TIMESTAMPTZ(3),
    "stale_why" TEXT,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "field_owners" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "contact_id" UUID,
    "account_id" UUID,
    "source" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'new',
    "status_why" TEXT,
    "message_source_id" UUID,
    "owner_id" UUID,
    "owner_why" TEXT,
    "assigned_at" TIMESTAMPTZ(3),
    "score_value" DOUBLE PRECISION,
    "campaign" TEXT,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "field_owners" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,

    CONSTRAINT "pipeline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "pipeline_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'open',
    "probability" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "stage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deal" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "account_id" UUID,
    "contact_id" UUID,
    "lead_id" UUID,
    "owner_id" UUID,
    "owner_name" TEXT,
    "pipeline_id" UUID NOT NULL,
    "stage_id" UUID NOT NULL,
    "product_id" UUID,
    "amount_minor" BIGINT,
    "currency" TEXT,
    "close_date" DATE,
    "engaged_on" DATE,
    "next_step" TEXT,
    "source" TEXT NOT NULL DEFAULT 'manual',
    "custom" JSONB NOT NULL DEFAULT '{}',
    "field_owners" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deal_stage_change" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "deal_id" UUID NOT NULL,
    "from_stage_id" UUID,
    "to_stage_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "action_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deal_stage_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "series" TEXT,
    "price_minor" BIGINT,
    "currency" TEXT,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "field_owners" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'open',
    "assignee_id" UUID,
    "lead_id" UUID,
    "deal_id" UUID,
    "contact_id" UUID,
    "message_id" UUID,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_note" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "lead_id" UUID,
    "deal_id" UUID,
    "contact_id" UUID,
    "author_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source_text" (
    "hash" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "source_text_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "source" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT,
    "text_hash" TEXT NOT NULL,
    "account_id" UUID,
    "publisher_name" TEXT,
    "publisher_domain" TEXT,
    "title" TEXT,
    "lang" TEXT,
    "dated" DATE,
    "structure" JSONB NOT NULL DEFAULT '{}',
    "http_status" INTEGER,
    "etag" TEXT,
    "last_modified" TEXT,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fact" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "account_id" UUID,
    "contact_id" UUID,
    "lead_id" UUID,
    "deal_id" UUID,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "quote" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "happened_on" DATE,
    "expires_at" TIMESTAMPTZ(3),
    "by" TEXT NOT NULL,
    "agent_run_id" UUID,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unknown" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "account_id" UUID,
    "lead_id" UUID,
    "what" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unknown_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signal" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "fact_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "knowledge_item" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "lang" TEXT NOT NULL DEFAULT 'en',
    "source_id" UUID NOT NULL,
    "approved_by" TEXT NOT NULL,
    "approved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "knowledge_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "brief" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "lead_id" UUID NOT NULL,
    "lines" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "brief_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qualification" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "lead_id" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "factors" JSONB NOT NULL,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "qualification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "score" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "lead_id" UUID NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "fit" DOUBLE PRECISION NOT NULL,
    "engagement" DOUBLE PRECISION NOT NULL,
    "parts" JSONB NOT NULL,
    "definition_id" UUID,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "score_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "lead_id" UUID,
    "contact_id" UUID,
    "thread_id" UUID,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "sentences" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "agent_run_id" UUID,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "thread" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "contact_id" UUID,
    "lead_id" UUID,
    "deal_id" UUID,
    "mailbox_id" UUID,
    "last_message_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "thread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "message_id" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "thread_id" UUID,
    "contact_id" UUID,
    "in_reply_to" TEXT,
    "refs" TEXT[],
    "from_address" TEXT NOT NULL,
    "to_addresses" TEXT[],
    "subject" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "raw" BYTEA NOT NULL,
    "headers" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "label" TEXT,
    "label_by" TEXT,
    "label_quote" TEXT,
    "label_margin" DOUBLE PRECISION,
    "matched_by" TEXT,
    "until_date" DATE,
    "read_at" TIMESTAMPTZ(3),
    "action_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deal_reading" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "message_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "contact_id" UUID,
    "field" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "quote" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deal_reading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suppression" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "message_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "action" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "run_id" UUID,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'proposed',
    "lead_id" UUID,
    "deal_id" UUID,
    "contact_id" UUID,
    "owner_id" UUID,
    "mailbox_id" UUID,
    "draft_id" UUID,
    "summary" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "rendered" BYTEA,
    "content_hash" TEXT NOT NULL,
    "relied_on" JSONB NOT NULL,
    "relied_hash" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "approver" TEXT NOT NULL DEFAULT 'owner',
    "escalate_at" TIMESTAMPTZ(3),
    "escalate_to" TEXT,
    "escalated_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "policy_rule" TEXT,
    "supersedes_id" UUID,
    "claim_token" TEXT,
    "claimed_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "failure_code" TEXT,
    "failure_why" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "action_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "action_id" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "reason" TEXT,
    "content_hash" TEXT NOT NULL,
    "relied_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "key_id" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "effect" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "action_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "effect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "playbook" (
    "name" TEXT NOT NULL,
    "active_id" UUID,
    "paused_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "playbook_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "playbook_version" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "playbook" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "compiled" JSONB NOT NULL,
    "on_event" TEXT NOT NULL,
    "published_by" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "playbook_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "domain_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "lead_id" UUID,
    "contact_id" UUID,
    "account_id" UUID,
    "deal_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "domain_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "playbook" TEXT NOT NULL,
    "version_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "once_key" TEXT NOT NULL,
    "lead_id" UUID,
    "contact_id" UUID,
    "account_id" UUID,
    "deal_id" UUID,
    "status" TEXT NOT NULL DEFAULT 'running',
    "outcome" TEXT,
    "current_key" TEXT,
    "error_code" TEXT,
    "error_why" TEXT,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "country" TEXT,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_state" (
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "event" JSONB NOT NULL,
    "state" JSONB NOT NULL,
    "commands" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_state_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "step_run" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "run_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "with" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL DEFAULT 'pending',
    "result" JSONB,
    "error_code" TEXT,
    "error_why" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "step_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "workflow" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "args" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_error" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_run" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "agent" TEXT NOT NULL,
    "prompt_id" TEXT NOT NULL,
    "prompt_version" INTEGER NOT NULL,
    "prompt_hash" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "run_id" UUID,
    "step_key" TEXT,
    "tokens_in" INTEGER NOT NULL DEFAULT 0,
    "tokens_out" INTEGER NOT NULL DEFAULT 0,
    "prompt_chars" INTEGER NOT NULL DEFAULT 0,
    "cost_micros" BIGINT,
    "latency_ms" INTEGER NOT NULL,
    "cached" BOOLEAN NOT NULL DEFAULT false,
    "repaired" BOOLEAN NOT NULL DEFAULT false,
    "rejects" JSONB NOT NULL DEFAULT '{}',
    "outcome" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_cache" (
    "key" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_cache_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "budget" (
    "scope" TEXT NOT NULL,
    "spent_micros" BIGINT NOT NULL DEFAULT 0,
    "spent_tokens" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "budget_reservation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "scopes" TEXT[],
    "micros" BIGINT NOT NULL,
    "tokens" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_reservation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "run_id" UUID,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "field_value" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "value" JSONB,

    CONSTRAINT "field_value_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "field_change" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "table" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "old_value_id" UUID NOT NULL,
    "new_value_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "why" TEXT,
    "run_id" UUID,
    "action_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reverted_at" TIMESTAMPTZ(3),

    CONSTRAINT "field_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "field_suggestion" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "quote" TEXT,
    "source_id" UUID,
    "run_id" UUID,
    "status" TEXT NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "field_suggestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_ref" (
    "kind" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "record_id" UUID NOT NULL,

    CONSTRAINT "external_ref_pkey" PRIMARY KEY ("kind","system","external_id")
);

-- CreateTable
CREATE TABLE "import_job" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "file" TEXT NOT NULL,
    "file_hash" TEXT,
    "kind" TEXT NOT NULL,
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "system" TEXT NOT NULL,
    "options" JSONB NOT NULL DEFAULT '{}',
    "next_row" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT 'running',
    "rows" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "merged" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "job_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "values" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "user_team_id_idx" ON "user"("team_id");

-- CreateIndex
CREATE UNIQUE INDEX "mailbox_address_key" ON "mailbox"("address");

-- CreateIndex
CREATE INDEX "mailbox_user_id_idx" ON "mailbox"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_user_id_idx" ON "api_key"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "definition_kind_version_key" ON "definition"("kind", "version");

-- CreateIndex
CREATE UNIQUE INDEX "account_domain_key" ON "account"("domain");

-- CreateIndex
CREATE INDEX "account_name_key_idx" ON "account"("name_key");

-- CreateIndex
CREATE INDEX "account_owner_id_idx" ON "account"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_email_key_key" ON "contact"("email_key");

-- CreateIndex
CREATE INDEX "contact_account_id_idx" ON "contact"("account_id");

-- CreateIndex
CREATE INDEX "contact_name_key_idx" ON "contact"("name_key");

-- CreateIndex
CREATE INDEX "lead_contact_id_idx" ON "lead"("contact_id");

-- CreateIndex
CREATE INDEX "lead_account_id_idx" ON "lead"("account_id");

-- CreateIndex
CREATE INDEX "lead_owner_id_status_idx" ON "lead"("owner_id", "status");

-- CreateIndex
CREATE INDEX "lead_status_score_value_idx" ON "lead"("status", "score_value");

-- CreateIndex
CREATE INDEX "lead_created_at_idx" ON "lead"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "pipeline_name_key" ON "pipeline"("name");

-- CreateIndex
CREATE UNIQUE INDEX "stage_pipeline_id_name_key" ON "stage"("pipeline_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "stage_pipeline_id_position_key" ON "stage"("pipeline_id", "position");

-- CreateIndex
CREATE INDEX "deal_account_id_idx" ON "deal"("account_id");

-- CreateIndex
CREATE INDEX "deal_contact_id_idx" ON "deal"("contact_id");

-- CreateIndex
CREATE INDEX "deal_lead_id_idx" ON "deal"("lead_id");

-- CreateIndex
CREATE INDEX "deal_owner_id_idx" ON "deal"("owner_id");

-- CreateIndex
CREATE INDEX "deal_stage_id_close_date_idx" ON "deal"("stage_id", "close_date");

-- CreateIndex
CREATE INDEX "deal_stage_change_deal_id_at_idx" ON "deal_stage_change"("deal_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "deal_stage_change_action_id_to_stage_id_key" ON "deal_stage_change"("action_id", "to_stage_id");

-- CreateIndex
CREATE UNIQUE INDEX "product_name_key_key" ON "product"("name_key");

-- CreateIndex
CREATE UNIQUE INDEX "task_key_key" ON "task"("key");

-- CreateIndex
CREATE INDEX "task_status_due_at_idx" ON "task"("status", "due_at");

-- CreateIndex
CREATE INDEX "task_assignee_id_status_idx" ON "task"("assignee_id", "status");

-- CreateIndex
CREATE INDEX "task_lead_id_idx" ON "task"("lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "call_note_key_key" ON "call_note"("key");

-- CreateIndex
CREATE INDEX "call_note_lead_id_idx" ON "call_note"("lead_id");

-- CreateIndex
CREATE INDEX "call_note_deal_id_idx" ON "call_note"("deal_id");

-- CreateIndex
CREATE UNIQUE INDEX "source_key_key" ON "source"("key");

-- CreateIndex
CREATE INDEX "source_url_fetched_at_idx" ON "source"("url", "fetched_at");

-- CreateIndex
CREATE INDEX "source_account_id_fetched_at_idx" ON "source"("account_id", "fetched_at");

-- CreateIndex
CREATE INDEX "source_text_hash_idx" ON "source"("text_hash");

-- CreateIndex
CREATE UNIQUE INDEX "fact_key_key" ON "fact"("key");

-- CreateIndex
CREATE INDEX "fact_account_id_kind_idx" ON "fact"("account_id", "kind");

-- CreateIndex
CREATE INDEX "fact_lead_id_kind_idx" ON "fact"("lead_id", "kind");

-- CreateIndex
CREATE INDEX "fact_deal_id_idx" ON "fact"("deal_id");

-- CreateIndex
CREATE INDEX "fact_source_id_idx" ON "fact"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "unknown_key_key" ON "unknown"("key");

-- CreateIndex
CREATE INDEX "unknown_lead_id_idx" ON "unknown"("lead_id");

-- CreateIndex
CREATE INDEX "unknown_account_id_idx" ON "unknown"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "signal_fact_id_key" ON "signal"("fact_id");

-- CreateIndex
CREATE INDEX "signal_account_id_at_idx" ON "signal"("account_id", "at");

-- CreateIndex
CREATE INDEX "knowledge_item_kind_idx" ON "knowledge_item"("kind");

-- CreateIndex
CREATE UNIQUE INDEX "brief_key_key" ON "brief"("key");

-- CreateIndex
CREATE INDEX "brief_lead_id_created_at_idx" ON "brief"("lead_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "qualification_key_key" ON "qualification"("key");

-- CreateIndex
CREATE INDEX "qualification_lead_id_created_at_idx" ON "qualification"("lead_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "score_key_key" ON "score"("key");

-- CreateIndex
CREATE INDEX "score_lead_id_created_at_idx" ON "score"("lead_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "draft_key_key" ON "draft"("key");

-- CreateIndex
CREATE INDEX "draft_lead_id_created_at_idx" ON "draft"("lead_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "thread_key_key" ON "thread"("key");

-- CreateIndex
CREATE INDEX "thread_contact_id_idx" ON "thread"("contact_id");

-- CreateIndex
CREATE INDEX "thread_lead_id_idx" ON "thread"("lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_message_id_key" ON "message"("message_id");

-- CreateIndex
CREATE INDEX "message_thread_id_at_idx" ON "message"("thread_id", "at");

-- CreateIndex
CREATE INDEX "message_contact_id_at_idx" ON "message"("contact_id", "at");

-- CreateIndex
CREATE INDEX "message_direction_label_at_idx" ON "message"("direction", "label", "at");

-- CreateIndex
CREATE UNIQUE INDEX "deal_reading_key_key" ON "deal_reading"("key");

-- CreateIndex
CREATE INDEX "deal_reading_message_id_idx" ON "deal_reading"("message_id");

-- CreateIndex
CREATE INDEX "deal_reading_contact_id_created_at_idx" ON "deal_reading"("contact_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "suppression_kind_value_key" ON "suppression"("kind", "value");

-- CreateIndex
CREATE UNIQUE INDEX "action_key_key" ON "action"("key");

-- CreateIndex
CREATE INDEX "action_status_created_at_idx" ON "action"("status", "created_at");

-- CreateIndex
CREATE INDEX "action_run_id_idx" ON "action"("run_id");

-- CreateIndex
CREATE INDEX "action_lead_id_idx" ON "action"("lead_id");

-- CreateIndex
CREATE INDEX "action_contact_id_status_idx" ON "action"("contact_id", "status");

-- CreateIndex
CREATE INDEX "action_mailbox_id_claimed_at_idx" ON "action"("mailbox_id", "claimed_at");

-- CreateIndex
CREATE UNIQUE INDEX "approval_action_id_key" ON "approval"("action_id");

-- CreateIndex
CREATE UNIQUE INDEX "effect_action_id_key" ON "effect"("action_id");

-- CreateIndex
CREATE INDEX "playbook_version_on_event_idx" ON "playbook_version"("on_event");

-- CreateIndex
CREATE UNIQUE INDEX "playbook_version_playbook_version_key" ON "playbook_version"("playbook", "version");

-- CreateIndex
CREATE UNIQUE INDEX "domain_event_key_key" ON "domain_event"("key");

-- CreateIndex
CREATE INDEX "domain_event_name_at_idx" ON "domain_event"("name", "at");

-- CreateIndex
CREATE INDEX "run_status_started_at_idx" ON "run"("status", "started_at");

-- CreateIndex
CREATE INDEX "run_lead_id_idx" ON "run"("lead_id");

-- CreateIndex
CREATE INDEX "run_contact_id_status_idx" ON "run"("contact_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "run_playbook_once_key_key" ON "run"("playbook", "once_key");

-- CreateIndex
CREATE UNIQUE INDEX "step_run_run_id_key_key" ON "step_run"("run_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_key_key" ON "outbox"("key");

-- CreateIndex
CREATE INDEX "agent_run_run_id_idx" ON "agent_run"("run_id");

-- CreateIndex
CREATE INDEX "agent_run_at_idx" ON "agent_run"("at");

-- CreateIndex
CREATE INDEX "budget_reservation_at_idx" ON "budget_reservation"("at");

-- CreateIndex
CREATE INDEX "audit_event_target_target_id_at_idx" ON "audit_event"("target", "target_id", "at");

-- CreateIndex
CREATE INDEX "audit_event_type_at_idx" ON "audit_event"("type", "at");

-- CreateIndex
CREATE INDEX "field_change_table_record_id_field_at_idx" ON "field_change"("table", "record_id", "field", "at");

-- CreateIndex
CREATE INDEX "field_change_run_id_idx" ON "field_change"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "field_suggestion_key_key" ON "field_suggestion"("key");

-- CreateIndex
CREATE INDEX "field_suggestion_table_record_id_status_idx" ON "field_suggestion"("table", "record_id", "status");

-- CreateIndex
CREATE INDEX "external_ref_record_id_idx" ON "external_ref"("record_id");

-- CreateIndex
CREATE UNIQUE INDEX "import_row_job_id_row_key" ON "import_row"("job_id", "row");

-- AddForeignKey
ALTER TABLE "team" ADD CONSTRAINT "team_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailbox" ADD CONSTRAINT "mailbox_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_message_source_id_fkey" FOREIGN KEY ("message_source_id") REFERENCES "source"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stage" ADD CONSTRAINT "stage_pipeline_id_fkey" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_pipeline_id_fkey" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_stage_id_fkey" FOREIGN KEY ("stage_id") REFERENCES "stage"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal_stage_change" ADD CONSTRAINT "deal_stage_change_deal_id_fkey" FOREIGN KEY ("deal_id") REFERENCES "deal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_note" ADD CONSTRAINT "call_note_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_text_hash_fkey" FOREIGN KEY ("text_hash") REFERENCES "source_text"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fact" ADD CONSTRAINT "fact_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fact" ADD CONSTRAINT "fact_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signal" ADD CONSTRAINT "signal_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "knowledge_item" ADD CONSTRAINT "knowledge_item_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "brief" ADD CONSTRAINT "brief_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "qualification" ADD CONSTRAINT "qualification_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailbox"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "thread"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "action"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "effect" ADD CONSTRAINT "effect_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "action"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "playbook_version" ADD CONSTRAINT "playbook_version_playbook_fkey" FOREIGN KEY ("playbook") REFERENCES "playbook"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "playbook_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_state" ADD CONSTRAINT "run_state_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_run" ADD CONSTRAINT "step_run_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "import_job"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


