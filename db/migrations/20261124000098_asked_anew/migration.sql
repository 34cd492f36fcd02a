-- ── Proposals put before people again, and who is told of what waits ──────────────────────────────────────────────
-- The versions of a proposal are walked from the first one on.
CREATE INDEX action_supersedes ON "action" (supersedes_id) WHERE supersedes_id IS NOT NULL;

-- After how long it is passed on, as the playbook says: counted in the hours of whoever decides, and not of whom it is about.
ALTER TABLE "action" ADD COLUMN "escalate_after" JSONB;

-- Told once of each thing: that it was put before them again, that it waits, that it waits too long.
ALTER TABLE "action_reminder" ADD COLUMN "what" TEXT NOT NULL DEFAULT 'remind';
ALTER TABLE "action_reminder" ADD CHECK (what IN ('anew', 'remind', 'escalate'));
ALTER TABLE "action_reminder" DROP CONSTRAINT "action_reminder_pkey", ADD CONSTRAINT "action_reminder_pkey" PRIMARY KEY ("action_id", "user_id", "what");
ALTER TABLE "action_reminder" ALTER COLUMN "what" DROP DEFAULT;
-- Whoever settles an action closes the tasks that told of it.
GRANT SELECT ON "action_reminder" TO dealwright_worker;

-- ── Erasure: what people wrote about a proposal, and records made after erasure was ───────────────────────────────
-- `refuse_change` gives way to an erasure in tables that came later too. Grants of autonomy are signed and stay as they are.
DO $$
DECLARE t record;
BEGIN
  FOR t IN
    SELECT g.tgname, c.relname, pg_get_triggerdef(g.oid) AS def FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid
    WHERE p.proname = 'refuse_change' AND (g.tgtype & 1) = 1 AND g.tgqual IS NULL AND c.relname IN ('lesson', 'delegation', 'action_reminder')
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %I', t.tgname, t.relname);
    EXECUTE replace(t.def, 'FOR EACH ROW EXECUTE', 'FOR EACH ROW WHEN (NOT erasing()) EXECUTE');
  END LOOP;
END $$;

-- What people said on proposals that are about one person by a deal of theirs alone; `erase_person` sees to those that name them or their lead.
CREATE FUNCTION erase_said_on_deals(person uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  about uuid[] := coalesce((SELECT array_agg(a.id) FROM action a JOIN deal d ON d.id = a.deal_id
    WHERE d.contact_id = person OR d.lead_id IN (SELECT id FROM lead WHERE contact_id = person)), '{}');
BEGIN
  PERFORM set_config('dealwright.erasing', 'on', true);
  UPDATE approval SET reason = 'erased' WHERE reason IS NOT NULL AND action_id = ANY (about);
  PERFORM empty_words_on(about);
  PERFORM set_config('dealwright.erasing', '', true);
END $$;
REVOKE ALL ON FUNCTION erase_said_on_deals(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_said_on_deals(uuid) TO dealwright_server;
