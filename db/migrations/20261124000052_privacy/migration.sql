-- Personal data: where it came from and on what ground it is kept; its erasure, which leaves a receipt and a keyed hash of the address.
ALTER TABLE "contact" ADD COLUMN "lawful_basis" TEXT, ADD COLUMN "origin" TEXT, ADD COLUMN "erased_at" TIMESTAMPTZ(3);
ALTER TABLE "contact" ADD CHECK (lawful_basis IN ('consent', 'contract', 'legal_obligation', 'vital_interests', 'public_task', 'legitimate_interests'));

-- The hash of an erased address; its key lies in the home, not here.
ALTER TABLE "suppression" DROP CONSTRAINT "suppression_kind_check";
ALTER TABLE "suppression" ADD CHECK (kind IN ('email', 'domain', 'email_hash'));

CREATE TABLE "erasure" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "contact_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "rows" JSONB NOT NULL,
    "left" JSONB NOT NULL DEFAULT '[]',
    "address_hashes" TEXT[],
    "key_id" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "erasure_contact_id_idx" ON "erasure"("contact_id");
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "erasure" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON "erasure" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON "erasure" TO dealwright_server;

-- ── What holds records fast gives way to an erasure alone: the owner's functions below, called by the server's role ─────
-- The audit trail and its seals never do: they point at records and hold no personal data.
CREATE FUNCTION erasing() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('dealwright.erasing', true), '') = 'on'
    AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'contact'::regclass)
$$;

DO $$
DECLARE t record;
BEGIN
  FOR t IN
    SELECT g.tgname, c.relname, pg_get_triggerdef(g.oid) AS def FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid
    WHERE p.proname IN ('refuse_change', 'action_step', 'effect_only_undone', 'stop_only_released', 'never_contact_only_removed')
      AND (g.tgtype & 1) = 1 AND g.tgqual IS NULL AND c.relname NOT IN ('audit_event', 'audit_seal', 'erasure', 'definition', 'playbook_version')
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %I', t.tgname, t.relname);
    EXECUTE replace(t.def, 'FOR EACH ROW EXECUTE', 'FOR EACH ROW WHEN (NOT erasing()) EXECUTE');
  END LOOP;
END $$;

-- Everything that is stored about one person, by its references. `sources` are those that are theirs as a whole (redacted by the caller).
CREATE FUNCTION erase_person(person uuid, theirs uuid[], cached text[]) RETURNS TABLE ("table" text, "rows" bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  leads uuid[] := coalesce((SELECT array_agg(id) FROM lead WHERE contact_id = person), '{}');
  messages uuid[] := coalesce((SELECT array_agg(id) FROM message WHERE contact_id = person OR source_id = ANY (theirs)), '{}');
  address text := (SELECT email_key FROM contact WHERE id = person);
  written text := (SELECT lower(email) FROM contact WHERE id = person);
  n bigint;
BEGIN
  PERFORM set_config('dealwright.erasing', 'on', true);

  DELETE FROM signal WHERE fact_id IN (SELECT id FROM fact WHERE contact_id = person OR lead_id = ANY (leads) OR source_id = ANY (theirs));
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'signal', n;
  DELETE FROM fact WHERE contact_id = person OR lead_id = ANY (leads) OR source_id = ANY (theirs);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'fact', n;
  DELETE FROM deal_reading WHERE contact_id = person OR message_id = ANY (messages) OR source_id = ANY (theirs);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'deal_reading', n;
  DELETE FROM unknown WHERE lead_id = ANY (leads);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'unknown', n;
  DELETE FROM brief WHERE lead_id = ANY (leads);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'brief', n;
  DELETE FROM qualification WHERE lead_id = ANY (leads);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'qualification', n;
  DELETE FROM score WHERE lead_id = ANY (leads);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'score', n;
  UPDATE draft SET subject = 'erased', body = '', sentences = '[]' WHERE contact_id = person OR lead_id = ANY (leads);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'draft', n;
  UPDATE message SET subject = 'erased', raw = '', headers = '{}', from_address = '', to_addresses = '{}', label_quote = NULL, in_reply_to = NULL,
    refs = '{}', message_id = 'erased:' || id WHERE id = ANY (messages);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'message', n;
  UPDATE thread SET subject = 'erased', key = 'erased:' || id WHERE contact_id = person;
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'thread', n;
  UPDATE task SET title = 'erased', why = 'erased', status = CASE status WHEN 'open' THEN 'cancelled' ELSE status END
    WHERE contact_id = person OR lead_id = ANY (leads) OR message_id = ANY (messages);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'task', n;
  UPDATE action SET summary = 'erased', content = '{"erased": true}', rendered = NULL, relied_on = '[]',
    failure_why = CASE WHEN failure_why IS NOT NULL THEN 'erased' END
    WHERE contact_id = person OR lead_id = ANY (leads);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'action', n;
  UPDATE approval SET reason = 'erased' WHERE reason IS NOT NULL AND action_id IN (SELECT id FROM action WHERE contact_id = person OR lead_id = ANY (leads));
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'approval', n;
  UPDATE field_value SET value = NULL WHERE id IN (SELECT unnest(ARRAY[old_value_id, new_value_id]) FROM field_change
    WHERE record_id = person OR record_id = ANY (leads));
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'field_value', n;
  DELETE FROM field_suggestion WHERE record_id = person OR record_id = ANY (leads) OR source_id = ANY (theirs);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'field_suggestion', n;
  DELETE FROM external_ref WHERE record_id = person OR record_id = ANY (leads);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'external_ref', n;
  DELETE FROM model_cache WHERE key = ANY (cached);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'model_cache', n;
  DELETE FROM suppression WHERE kind = 'email' AND value IN (address, written);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'suppression', n;
  UPDATE lead SET custom = '{}', field_owners = '{}', status = 'closed', status_why = 'erased', campaign = NULL, owner_why = NULL, score_value = NULL,
    updated_at = now() WHERE id = ANY (leads);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'lead', n;
  UPDATE contact SET name = 'erased', name_key = '', first_name = NULL, last_name = NULL, title = NULL, email = NULL, email_key = NULL, phone = NULL,
    country = NULL, zone = NULL, language = NULL, stale_why = NULL, origin = NULL, custom = '{}', field_owners = '{}', erased_at = now(), updated_at = now()
    WHERE id = person;
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'contact', n;
  PERFORM set_config('dealwright.erasing', '', true);
END $$;

-- Wherever else a word of theirs stands: in every column of every table but those named. `patterns` are regular expressions, `fillers` what
-- takes the place of a match. Rows of a file that was imported go as a whole, and so do model answers and facts that say it.
CREATE FUNCTION erase_words(patterns text[], fillers text[], words text[]) RETURNS TABLE ("table" text, "rows" bigint, "failed" text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c record;
  changed text;
  found text;
  n bigint;
  k int;
BEGIN
  PERFORM set_config('dealwright.erasing', 'on', true);
  found := array_to_string(patterns, '|');
  DELETE FROM model_cache m WHERE m.value::text ~* found;
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'model_cache', n, NULL;
  DELETE FROM signal s USING fact f WHERE f.id = s.fact_id AND (f.value ~* found OR f.quote ~* found);
  DELETE FROM fact f WHERE f.value ~* found OR f.quote ~* found;
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'fact', n, NULL;
  UPDATE import_row r SET raw = 'erased', "values" = '{}' WHERE r.raw ~* found OR r."values"::text ~* found;
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'import_row', n, NULL;
  FOR c IN
    SELECT a.table_name AS t, a.column_name AS col, a.udt_name AS kind, a.is_nullable = 'YES' AS nullable FROM information_schema.columns a
    JOIN information_schema.tables b USING (table_schema, table_name)
    WHERE table_schema = 'public' AND b.table_type = 'BASE TABLE' AND a.is_generated = 'NEVER'
      AND a.udt_name IN ('text', 'varchar', 'bpchar', 'json', 'jsonb', '_text', '_varchar', 'bytea')
      AND a.table_name NOT IN ('audit_event', 'audit_seal', 'erasure', 'source_text', 'definition', 'playbook', 'playbook_version', 'knowledge_item',
        'user', 'mailbox', 'organisation', 'team', 'api_key', 'invitation', '_prisma_migrations')
      AND a.table_name NOT LIKE 'sign\_in\_%'
  LOOP
    changed := format('%I::text', c.col);
    FOR k IN 1 .. array_length(patterns, 1) LOOP
      changed := format('regexp_replace(%s, %L, %L, ''gi'')', changed, patterns[k], fillers[k]);
    END LOOP;
    BEGIN
      IF c.kind = 'bytea' THEN
        EXECUTE format('UPDATE %I SET %I = %s WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) w WHERE position(convert_to(w, ''UTF8'') IN %I) > 0)',
          c.t, c.col, CASE WHEN c.nullable THEN 'NULL' ELSE '''''::bytea' END, c.col) USING words;
      ELSE
        EXECUTE format('UPDATE %I SET %I = (%s)::%s WHERE %I::text ~* $1', c.t, c.col, changed,
          CASE c.kind WHEN '_text' THEN 'text[]' WHEN '_varchar' THEN 'varchar[]' ELSE c.kind END, c.col) USING found;
      END IF;
      GET DIAGNOSTICS n = ROW_COUNT;
      IF n > 0 THEN RETURN QUERY SELECT c.t::text, n, NULL::text; END IF;
    EXCEPTION WHEN OTHERS THEN
      RETURN QUERY SELECT c.t::text, 0::bigint, format('%s: %s', c.col, SQLSTATE);
    END;
  END LOOP;
  PERFORM set_config('dealwright.erasing', '', true);
END $$;

-- Texts that no source has any more.
CREATE FUNCTION drop_unused_texts(hashes text[]) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n bigint;
BEGIN
  DELETE FROM source_text t WHERE t.hash = ANY (hashes) AND NOT EXISTS (SELECT 1 FROM source s WHERE s.text_hash = t.hash);
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;

REVOKE ALL ON FUNCTION erase_person(uuid, uuid[], text[]), erase_words(text[], text[], text[]), drop_unused_texts(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_person(uuid, uuid[], text[]), erase_words(text[], text[], text[]), drop_unused_texts(text[]) TO dealwright_server;
