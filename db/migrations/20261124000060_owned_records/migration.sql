-- Contacts have an owner of their own, as leads, accounts and deals do: who may see a record is told by one column.
ALTER TABLE "contact" ADD COLUMN "owner_id" UUID;
ALTER TABLE "contact" ADD CONSTRAINT "contact_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "contact_owner_id_idx" ON "contact"("owner_id");

-- Whoever gets a lead or deal gets its contact and account too, unless somebody else has them; when it passes on, they pass on with it.
CREATE FUNCTION pass_on_ownership() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before UUID := CASE TG_OP WHEN 'UPDATE' THEN OLD.owner_id END;
BEGIN
  UPDATE contact SET owner_id = NEW.owner_id WHERE id = NEW.contact_id AND (owner_id IS NULL OR owner_id = before) AND owner_id IS DISTINCT FROM NEW.owner_id;
  UPDATE account SET owner_id = NEW.owner_id WHERE id = NEW.account_id AND (owner_id IS NULL OR owner_id = before) AND owner_id IS DISTINCT FROM NEW.owner_id;
  RETURN NULL;
END $$;
CREATE TRIGGER lead_passes_on_ownership AFTER INSERT OR UPDATE OF owner_id, contact_id, account_id ON "lead"
  FOR EACH ROW WHEN (NEW.owner_id IS NOT NULL) EXECUTE FUNCTION pass_on_ownership();
CREATE TRIGGER deal_passes_on_ownership AFTER INSERT OR UPDATE OF owner_id, contact_id, account_id ON "deal"
  FOR EACH ROW WHEN (NEW.owner_id IS NOT NULL) EXECUTE FUNCTION pass_on_ownership();

UPDATE contact c SET owner_id = (SELECT l.owner_id FROM lead l WHERE l.contact_id = c.id AND l.owner_id IS NOT NULL ORDER BY l.created_at DESC LIMIT 1);
UPDATE account a SET owner_id = (SELECT l.owner_id FROM lead l WHERE l.account_id = a.id AND l.owner_id IS NOT NULL ORDER BY l.created_at DESC LIMIT 1)
  WHERE owner_id IS NULL;

-- Every list, newest first, as far in as one likes; leads by their score.
CREATE INDEX account_newest ON "account" (created_at DESC, id DESC);
CREATE INDEX contact_newest ON "contact" (created_at DESC, id DESC);
CREATE INDEX lead_newest ON "lead" (created_at DESC, id DESC);
CREATE INDEX deal_newest ON "deal" (created_at DESC, id DESC);
CREATE INDEX task_newest ON "task" (created_at DESC, id DESC);
CREATE INDEX lead_by_score ON "lead" ((coalesce(score_value, -1)) DESC, created_at DESC, id DESC);
CREATE INDEX action_newest ON "action" (created_at DESC, id DESC);
