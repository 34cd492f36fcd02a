-- Every list is read in the order of an index, so that a page costs the same however many rows there are: whole, by owner, and by the
-- state that people ask for. Expressions are those of db/stores/lists.ts and server/runs.ts.

-- By state: leads by score, tasks and runs newest first. Each takes the place of one that no order fitted.
CREATE INDEX lead_by_status_score ON "lead" (status, (coalesce(score_value, -1)) DESC, created_at DESC, id DESC);
DROP INDEX "lead_status_score_value_idx";
CREATE INDEX task_by_status ON "task" (status, created_at DESC, id DESC);
CREATE INDEX run_paused_first ON "run" ((CASE status WHEN 'paused' THEN 1 ELSE 0 END) DESC, started_at DESC, id DESC);
CREATE INDEX run_by_status ON "run" (status, started_at DESC, id DESC);
DROP INDEX "run_status_started_at_idx";
CREATE INDEX action_by_status ON "action" (status, created_at DESC, id DESC);
DROP INDEX "action_status_created_at_idx";

-- Deals of one stage, soonest close date first.
CREATE INDEX deal_by_stage ON "deal" (stage_id, (coalesce(close_date, date '9999-12-31')), created_at, id);
DROP INDEX "deal_stage_id_close_date_idx";

-- Of one owner, newest first.
CREATE INDEX account_by_owner ON "account" (owner_id, created_at DESC, id DESC);
DROP INDEX "account_owner_id_idx";
CREATE INDEX contact_by_owner ON "contact" (owner_id, created_at DESC, id DESC);
DROP INDEX "contact_owner_id_idx";
CREATE INDEX deal_by_owner ON "deal" (owner_id, created_at DESC, id DESC);
DROP INDEX "deal_owner_id_idx";
CREATE INDEX task_by_assignee ON "task" (assignee_id, created_at DESC, id DESC);

-- lead_newest answers what it answered.
DROP INDEX "lead_created_at_idx";

-- The audit trail of one type: newest first is by id.
CREATE INDEX audit_event_by_type ON "audit_event" (type, id);
DROP INDEX "audit_event_type_at_idx";
