-- Rights beyond a role, and what a key may be used for.
ALTER TABLE "user" ADD COLUMN "grants" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "user" ADD CHECK (grants <@ ARRAY['mail_bodies', 'sensitive_fields']);
ALTER TABLE "api_key" ADD COLUMN "scopes" TEXT[] NOT NULL DEFAULT '{read,write,decide,manage}';
ALTER TABLE "api_key" ADD CHECK (scopes <@ ARRAY['read', 'write', 'decide', 'manage'] AND cardinality(scopes) > 0);
