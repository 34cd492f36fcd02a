-- The inbox: what came in and waits for a person's eye, and what people said of the labels that were read.

-- What a message was taken for, and what a person says it is. Holds no words of the message: those go with the message itself.
CREATE TABLE "label_correction" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "message_id" UUID NOT NULL,
    "from_label" TEXT,
    "from_by" TEXT,
    "to_label" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "label_correction_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "label_correction_message_id_at_idx" ON "label_correction"("message_id", "at");
ALTER TABLE "label_correction" ADD CONSTRAINT "label_correction_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "label_correction" ADD CONSTRAINT "label_correction_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- What was said is added to, never changed.
GRANT SELECT, INSERT ON "label_correction" TO dealwright_server;

-- By label, those first that want a person soonest, newest first: the expression is that of db/stores/inbox.ts.
CREATE INDEX message_to_sort ON "message" ((CASE label WHEN 'interested' THEN 13 WHEN 'question' THEN 12 WHEN 'referral' THEN 11 WHEN 'complaint' THEN 10
  WHEN 'unsubscribe' THEN 9 WHEN 'not_now' THEN 8 WHEN 'not_interested' THEN 7 WHEN 'other' THEN 6 WHEN 'left_company' THEN 5 WHEN 'out_of_office' THEN 4
  WHEN 'bounce_hard' THEN 3 WHEN 'bounce_soft' THEN 2 WHEN 'auto_reply' THEN 1 ELSE 0 END) DESC, at DESC, id DESC)
  WHERE direction = 'in' AND label_by IN ('rules', 'model');
CREATE INDEX message_in_newest ON "message" (at DESC, id DESC) WHERE direction = 'in';
CREATE INDEX message_in_by_label ON "message" (label, at DESC, id DESC) WHERE direction = 'in';
CREATE INDEX message_unmatched ON "message" (at DESC, id DESC) WHERE direction = 'in' AND contact_id IS NULL;
