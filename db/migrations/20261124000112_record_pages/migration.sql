-- A record's page asks for what is about it: its actions, tasks, notes and threads.
CREATE INDEX "action_deal_id_idx" ON "action"("deal_id");
CREATE INDEX "task_deal_id_idx" ON "task"("deal_id");
CREATE INDEX "task_contact_id_idx" ON "task"("contact_id");
CREATE INDEX "call_note_contact_id_idx" ON "call_note"("contact_id");
CREATE INDEX "thread_deal_id_idx" ON "thread"("deal_id");
