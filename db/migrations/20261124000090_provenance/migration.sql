-- On what ground we hold a person's data, since when, and where we have them from: as words of the policy and of lists.
ALTER TABLE "contact" ADD COLUMN "lawful_basis_on" DATE, ADD COLUMN "lawful_basis_note" TEXT, ADD COLUMN "origin_id" TEXT;
ALTER TABLE "contact" ADD CHECK (origin IN ('import', 'form', 'research', 'manual', 'referral', 'mail'));

-- What stands in the records already: who made a contact, and the form that a lead of theirs came by.
UPDATE "contact" SET origin = 'import', origin_id = replace(field_owners->'*'->>'id', 'import:', '')
  WHERE origin IS NULL AND erased_at IS NULL AND field_owners->'*'->>'by' = 'import';
UPDATE "contact" c SET origin = 'form', origin_id = r.external_id
  FROM "lead" l JOIN "external_ref" r ON r.kind = 'lead' AND r.system = 'form' AND r.record_id = l.id
  WHERE l.contact_id = c.id AND l.source = 'form' AND c.origin IS NULL AND c.erased_at IS NULL;

-- The ground is for people, imports and forms to say: who has stolen the worker's credential cannot make the policy see another.
REVOKE UPDATE ON "contact" FROM dealwright_worker;
DO $$
DECLARE
  free text := (SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'contact'
    AND column_name NOT IN ('id', 'lawful_basis', 'lawful_basis_on', 'lawful_basis_note', 'origin', 'origin_id', 'erased_at'));
BEGIN
  EXECUTE format('GRANT UPDATE (%s) ON "contact" TO dealwright_worker', free);
END $$;

-- What the organisation asks for: one row.
CREATE TABLE "privacy_setting" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "import_needs_basis" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "privacy_setting_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "privacy_setting" ADD CHECK (id);
INSERT INTO "privacy_setting" DEFAULT VALUES;
GRANT SELECT, UPDATE ("import_needs_basis", "updated_at") ON "privacy_setting" TO dealwright_server;
