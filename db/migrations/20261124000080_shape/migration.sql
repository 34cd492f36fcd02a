-- The shape of the business as data: pipelines and stages that change, custom fields, products with cost, price lists, working hours.

-- ── Pipelines and stages ───────────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE "pipeline" ADD COLUMN "archived_at" TIMESTAMPTZ(3), ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "stage" ADD COLUMN "exit_rules" JSONB NOT NULL DEFAULT '[]', ADD COLUMN "archived_at" TIMESTAMPTZ(3);
ALTER TABLE "stage" ADD CHECK (jsonb_typeof(exit_rules) = 'array');
-- Names and places are taken by what is in use only: what is archived stays for the history that names it.
DROP INDEX "pipeline_name_key";
CREATE UNIQUE INDEX pipeline_name_in_use ON "pipeline" (name) WHERE archived_at IS NULL;
DROP INDEX "stage_pipeline_id_name_key";
DROP INDEX "stage_pipeline_id_position_key";
CREATE INDEX "stage_pipeline_id_position_idx" ON "stage"("pipeline_id", "position");
CREATE UNIQUE INDEX stage_name_in_use ON "stage" (pipeline_id, name) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX stage_place_in_use ON "stage" (pipeline_id, position) WHERE archived_at IS NULL;

-- No deal stands in a stage that is archived, whoever puts it there and whenever the stage goes.
CREATE FUNCTION deal_in_stage_in_use() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  -- Waits for whoever is archiving the stage, and keeps them waiting.
  PERFORM 1 FROM stage WHERE id = NEW.stage_id AND archived_at IS NULL FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'stage % is archived', NEW.stage_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stage_in_use BEFORE INSERT OR UPDATE OF stage_id ON "deal" FOR EACH ROW EXECUTE FUNCTION deal_in_stage_in_use();

-- ── Custom fields ──────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE "custom_field" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "kind" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "label" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "choices" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "required" BOOLEAN NOT NULL DEFAULT false,
  "searchable" BOOLEAN NOT NULL DEFAULT false,
  "sensitive" BOOLEAN NOT NULL DEFAULT false,
  "archived_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "custom_field_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "custom_field_kind_key_key" ON "custom_field"("kind", "key");
ALTER TABLE "custom_field" ADD CHECK (kind IN ('account', 'contact', 'lead', 'deal', 'product')),
  ADD CHECK (type IN ('text', 'number', 'money', 'date', 'boolean', 'choice', 'url')),
  ADD CHECK (key ~ '^[a-z][a-z0-9_]{0,39}$'), ADD CHECK (label <> ''), ADD CHECK ((type = 'choice') = (cardinality(choices) > 0)),
  -- Who may not see a field could not fill it in.
  ADD CHECK (NOT (required AND sensitive));
GRANT SELECT, INSERT, UPDATE ON "custom_field" TO dealwright_server;
GRANT SELECT ON "custom_field" TO dealwright_worker;
-- Filters on custom fields.
CREATE INDEX "account_custom_idx" ON "account" USING GIN ("custom" jsonb_path_ops);
CREATE INDEX "contact_custom_idx" ON "contact" USING GIN ("custom" jsonb_path_ops);
CREATE INDEX "lead_custom_idx" ON "lead" USING GIN ("custom" jsonb_path_ops);
CREATE INDEX "deal_custom_idx" ON "deal" USING GIN ("custom" jsonb_path_ops);

-- ── Products and price lists ───────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE "product" ADD COLUMN "cost_minor" BIGINT, ADD COLUMN "archived_at" TIMESTAMPTZ(3),
  ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "product" ADD CHECK (cost_minor >= 0);
CREATE INDEX product_newest ON "product" (created_at DESC, id DESC);

CREATE TABLE "price_list" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "name" TEXT NOT NULL,
  "currency" TEXT NOT NULL,
  "valid_from" DATE NOT NULL,
  "valid_to" DATE,
  "archived_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "price_list_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "price_list_name_key" ON "price_list"("name");
CREATE INDEX "price_list_currency_valid_from_idx" ON "price_list"("currency", "valid_from");
ALTER TABLE "price_list" ADD CHECK (currency ~ '^[A-Z]{3}$'), ADD CHECK (valid_to >= valid_from), ADD CHECK (name <> '');

CREATE TABLE "price" (
  "price_list_id" UUID NOT NULL,
  "product_id" UUID NOT NULL,
  "amount_minor" BIGINT NOT NULL,
  CONSTRAINT "price_pkey" PRIMARY KEY ("price_list_id", "product_id")
);
ALTER TABLE "price" ADD CONSTRAINT "price_price_list_id_fkey" FOREIGN KEY ("price_list_id") REFERENCES "price_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "price" ADD CONSTRAINT "price_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "price_product_id_idx" ON "price"("product_id");
ALTER TABLE "price" ADD CHECK (amount_minor >= 0);
GRANT SELECT, INSERT, UPDATE ON "price_list", "price" TO dealwright_server;
-- A product taken off a list.
GRANT DELETE ON "price" TO dealwright_server;
GRANT SELECT ON "price_list", "price" TO dealwright_worker;

-- ── Working hours ──────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE "working_hours" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "team_id" UUID,
  "working_days" INTEGER[] NOT NULL,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  "days_off" DATE[] NOT NULL DEFAULT ARRAY[]::DATE[],
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "working_hours_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "working_hours_team_id_key" ON "working_hours"("team_id");
CREATE UNIQUE INDEX working_hours_of_everybody ON "working_hours" ((true)) WHERE team_id IS NULL;
ALTER TABLE "working_hours" ADD CONSTRAINT "working_hours_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "working_hours" ADD CHECK ("from" < "to"), ADD CHECK (cardinality(working_days) > 0);
GRANT SELECT, INSERT, UPDATE ON "working_hours" TO dealwright_server;
-- A team's hours are taken back, and the organisation's hold for it again.
GRANT DELETE ON "working_hours" TO dealwright_server;
GRANT SELECT ON "working_hours" TO dealwright_worker;
