-- A note, mail or page that a person marked as internal: nothing read in it enters what is written to a prospect.
ALTER TABLE "source" ADD COLUMN "internal" BOOLEAN NOT NULL DEFAULT false;
