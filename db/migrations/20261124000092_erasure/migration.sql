-- Erasing a person where there are many rows: each table is gone over once, by as many processes as the database lends, and only rows in which
-- something stands are written. What sweep and erasure take away alike, they take away by the same functions.

CREATE INDEX fact_by_contact ON "fact" (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX call_note_contact ON "call_note" (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX draft_contact ON "draft" (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX task_contact ON "task" (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX field_change_record ON "field_change" (record_id);
CREATE INDEX field_suggestion_record ON "field_suggestion" (record_id);

CREATE OR REPLACE FUNCTION erase_person(person uuid, theirs uuid[], cached text[]) RETURNS TABLE ("table" text, "rows" bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  leads uuid[] := ARRAY(SELECT id FROM lead WHERE contact_id = person);
  messages uuid[] := ARRAY(SELECT id FROM message WHERE contact_id = person UNION SELECT id FROM message WHERE source_id = ANY (theirs));
  actions uuid[] := ARRAY(SELECT id FROM action WHERE contact_id = person UNION SELECT id FROM action WHERE lead_id = ANY (leads));
  drafts uuid[] := ARRAY(SELECT id FROM draft WHERE contact_id = person UNION SELECT id FROM draft WHERE lead_id = ANY (leads));
  facts uuid[] := ARRAY(SELECT id FROM fact WHERE contact_id = person UNION SELECT id FROM fact WHERE lead_id = ANY (leads)
    UNION SELECT id FROM fact WHERE source_id = ANY (theirs));
  records uuid[] := leads || person;
  address text := (SELECT email_key FROM contact WHERE id = person);
  written text := (SELECT lower(email) FROM contact WHERE id = person);
  n bigint;
BEGIN
  PERFORM set_config('dealwright.erasing', 'on', true);

  DELETE FROM signal WHERE fact_id = ANY (facts);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'signal', n;
  DELETE FROM fact WHERE id = ANY (facts);
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
  PERFORM empty_drafts(drafts, 'erased');
  RETURN QUERY SELECT 'draft', cardinality(drafts)::bigint;
  PERFORM empty_messages(messages, 'erased');
  UPDATE message SET from_address = '', to_addresses = '{}', in_reply_to = NULL, refs = '{}', message_id = 'erased:' || id WHERE id = ANY (messages);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'message', n;
  UPDATE thread SET subject = 'erased', key = 'erased:' || id WHERE contact_id = person;
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'thread', n;
  UPDATE task SET title = 'erased', why = 'erased', status = CASE status WHEN 'open' THEN 'cancelled' ELSE status END
    WHERE contact_id = person OR lead_id = ANY (leads) OR message_id = ANY (messages);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'task', n;
  PERFORM empty_actions(actions, 'erased');
  PERFORM empty_words_on(actions);
  RETURN QUERY SELECT 'action', cardinality(actions)::bigint;
  UPDATE approval SET reason = 'erased' WHERE reason IS NOT NULL AND action_id = ANY (actions);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'approval', n;
  UPDATE field_value SET value = NULL WHERE id IN (SELECT unnest(ARRAY[old_value_id, new_value_id]) FROM field_change WHERE record_id = ANY (records));
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'field_value', n;
  DELETE FROM field_suggestion WHERE record_id = ANY (records) OR source_id = ANY (theirs);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'field_suggestion', n;
  DELETE FROM external_ref WHERE record_id = ANY (records);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'external_ref', n;
  DELETE FROM model_cache WHERE key = ANY (cached);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'model_cache', n;
  DELETE FROM suppression WHERE kind = 'email' AND value IN (address, written);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'suppression', n;
  UPDATE legal_hold SET why = 'erased' WHERE contact_id = person;
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'legal_hold', n;
  UPDATE lead SET custom = '{}', field_owners = '{}', status = 'closed', status_why = 'erased', campaign = NULL, owner_why = NULL, score_value = NULL,
    updated_at = now() WHERE id = ANY (leads);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'lead', n;
  UPDATE contact SET name = 'erased', name_key = '', first_name = NULL, last_name = NULL, title = NULL, email = NULL, email_key = NULL, phone = NULL,
    country = NULL, zone = NULL, language = NULL, stale_why = NULL, origin = NULL, origin_id = NULL, lawful_basis = NULL, lawful_basis_on = NULL,
    lawful_basis_note = NULL, custom = '{}', field_owners = '{}', erased_at = now(), updated_at = now()
    WHERE id = person;
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'contact', n;
  PERFORM set_config('dealwright.erasing', '', true);
END $$;

-- Wherever else a word of theirs stands: in every column of every table but those named. `patterns` are regular expressions, `fillers` what
-- takes the place of a match. Rows of a file that was imported go as a whole, and so do model answers and facts that say it. A table is
-- searched once, all its columns together; where the database refuses the change of a row as a whole, column by column, and what it still
-- refuses is told.
CREATE OR REPLACE FUNCTION erase_words(patterns text[], fillers text[], words text[]) RETURNS TABLE ("table" text, "rows" bigint, "failed" text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  found text := array_to_string(patterns, '|');
  -- Around a column's text: each pattern replaced after the other.
  opening text := repeat('regexp_replace(', cardinality(patterns));
  closing text := (SELECT string_agg(format(', %L, %L, ''gi'')', p, f), '' ORDER BY k) FROM unnest(patterns, fillers) WITH ORDINALITY AS one (p, f, k));
  gone uuid[];
  rows_in tid[];
  t record;
  k int;
  n bigint;
BEGIN
  PERFORM set_config('dealwright.erasing', 'on', true);
  DELETE FROM model_cache m WHERE m.value::text ~* found;
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'model_cache', n, NULL;
  gone := (SELECT coalesce(array_agg(f.id), '{}') FROM fact f WHERE f.value ~* found OR f.quote ~* found);
  DELETE FROM signal s WHERE s.fact_id = ANY (gone);
  DELETE FROM fact f WHERE f.id = ANY (gone);
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'fact', n, NULL;
  UPDATE import_row r SET raw = 'erased', "values" = '{}' WHERE r.raw ~* found OR r."values"::text ~* found;
  GET DIAGNOSTICS n = ROW_COUNT; RETURN QUERY SELECT 'import_row', n, NULL;
  FOR t IN
    WITH columns AS (
      SELECT a.table_name AS name, a.column_name AS col, a.udt_name = 'bytea' AS bytes,
        CASE WHEN a.udt_name = 'bytea' THEN CASE WHEN a.is_nullable = 'YES' THEN 'NULL' ELSE '''''::bytea' END
          ELSE format('(%sx.%I::text%s)::%s', opening, a.column_name, closing,
            CASE a.udt_name WHEN '_text' THEN 'text[]' WHEN '_varchar' THEN 'varchar[]' ELSE a.udt_name END) END AS change,
        CASE WHEN a.udt_name = 'bytea' THEN format('EXISTS (SELECT 1 FROM unnest($2::text[]) w WHERE position(convert_to(w, ''UTF8'') IN x.%I) > 0)', a.column_name)
          ELSE format('x.%I::text ~* $1', a.column_name) END AS hit
      FROM information_schema.columns a JOIN information_schema.tables b USING (table_schema, table_name)
      WHERE table_schema = 'public' AND b.table_type = 'BASE TABLE' AND a.is_generated = 'NEVER'
        AND a.udt_name IN ('text', 'varchar', 'bpchar', 'json', 'jsonb', '_text', '_varchar', 'bytea')
        AND a.table_name NOT IN ('audit_event', 'audit_seal', 'erasure', 'source_text', 'definition', 'playbook', 'playbook_version',
          'knowledge_item', 'user', 'mailbox', 'organisation', 'team', 'api_key', 'invitation', '_prisma_migrations')
        AND a.table_name NOT LIKE 'sign\_in\_%')
    SELECT name, array_agg(col ORDER BY col) AS cols, array_agg(change ORDER BY col) AS changes, array_agg(hit ORDER BY col) AS hits,
      -- Apart by a sign that no pattern matches: what begins in one column and ends in the next is nobody's name.
      'concat_ws(chr(1), ' || string_agg(format('x.%I::text', col), ', ') FILTER (WHERE NOT bytes) || ') ~* $1' AS texts,
      string_agg(hit, ' OR ') FILTER (WHERE bytes) AS bytes,
      string_agg(format('%I = CASE WHEN %s THEN %s ELSE x.%I END', col, hit, change, col), ', ') AS whole
    FROM columns GROUP BY name ORDER BY name
  LOOP
    -- Again where somebody changed such a row between the two.
    FOR again IN 1 .. 5 LOOP
      EXECUTE format('SELECT coalesce(array_agg(x.ctid), ''{}'') FROM %I x WHERE %s', t.name, concat_ws(' OR ', t.texts, t.bytes))
        INTO rows_in USING found, words;
      EXIT WHEN cardinality(rows_in) = 0;
      BEGIN
        EXECUTE format('UPDATE %I x SET %s WHERE x.ctid = ANY ($3)', t.name, t.whole) USING found, words, rows_in;
        GET DIAGNOSTICS n = ROW_COUNT;
        RETURN QUERY SELECT t.name::text, n, NULL::text;
        EXIT WHEN n = cardinality(rows_in);
      EXCEPTION WHEN OTHERS THEN
        FOR k IN 1 .. cardinality(t.cols) LOOP
          BEGIN
            EXECUTE format('UPDATE %I x SET %I = %s WHERE %s', t.name, t.cols[k], t.changes[k], t.hits[k]) USING found, words;
            GET DIAGNOSTICS n = ROW_COUNT;
            IF n > 0 THEN RETURN QUERY SELECT t.name::text, n, NULL::text; END IF;
          EXCEPTION WHEN OTHERS THEN
            RETURN QUERY SELECT t.name::text, 0::bigint, format('%s: %s', t.cols[k], SQLSTATE);
          END;
        END LOOP;
        EXIT;
      END;
    END LOOP;
  END LOOP;
  PERFORM set_config('dealwright.erasing', '', true);
END $$;
