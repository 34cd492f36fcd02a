-- Whose a run is, that of its lead or else of its deal, stands on the run itself: who may see it is told by one column, as of leads and deals,
-- and a page of runs is read in the order of an index without looking at their records.
ALTER TABLE "run" ADD COLUMN "owner_id" UUID;
CREATE INDEX run_by_deal ON "run" (deal_id) WHERE deal_id IS NOT NULL;

UPDATE run r SET owner_id = coalesce((SELECT owner_id FROM lead WHERE id = r.lead_id), (SELECT owner_id FROM deal WHERE id = r.deal_id))
  WHERE r.lead_id IS NOT NULL OR r.deal_id IS NOT NULL;

-- The records are held, so that a run that begins and a record that is passed on in the same moment see each other. As the owner of the
-- tables: whoever begins a run need not be allowed to change its lead.
CREATE FUNCTION run_takes_owner() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  SELECT owner_id INTO NEW.owner_id FROM lead WHERE id = NEW.lead_id FOR SHARE;
  IF NEW.owner_id IS NULL THEN
    SELECT owner_id INTO NEW.owner_id FROM deal WHERE id = NEW.deal_id FOR SHARE;
  END IF;
  RETURN NEW;
END $$;
-- Nobody gives a run an owner by hand either.
CREATE TRIGGER run_takes_owner BEFORE INSERT OR UPDATE OF lead_id, deal_id, owner_id ON "run" FOR EACH ROW EXECUTE FUNCTION run_takes_owner();

CREATE FUNCTION runs_follow_lead() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE run SET owner_id = NEW.owner_id WHERE lead_id = NEW.id;
  RETURN NULL;
END $$;
CREATE FUNCTION runs_follow_deal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE run SET owner_id = NEW.owner_id WHERE deal_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER lead_owner_of_runs AFTER UPDATE OF owner_id ON "lead" FOR EACH ROW WHEN (OLD.owner_id IS DISTINCT FROM NEW.owner_id)
  EXECUTE FUNCTION runs_follow_lead();
CREATE TRIGGER deal_owner_of_runs AFTER UPDATE OF owner_id ON "deal" FOR EACH ROW WHEN (OLD.owner_id IS DISTINCT FROM NEW.owner_id)
  EXECUTE FUNCTION runs_follow_deal();
