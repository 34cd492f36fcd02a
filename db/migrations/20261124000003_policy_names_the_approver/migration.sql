-- A policy may ask somebody stricter than the playbook names: the one change of an action's approver, made when it begins to wait.
CREATE OR REPLACE FUNCTION action_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  movable text[] := ARRAY['status', 'policy_rule', 'claim_token', 'claimed_at', 'settled_at', 'failure_code', 'failure_why', 'escalated_at'];
  lawful text[];
BEGIN
  -- Whom the policy asks is settled when it asks, and never again.
  IF OLD.status = 'proposed' AND NEW.status = 'waiting' THEN movable := movable || 'approver'::text; END IF;
  IF (to_jsonb(NEW) - movable) IS DISTINCT FROM (to_jsonb(OLD) - movable) THEN
    RAISE EXCEPTION 'the content of action % never changes: propose a new one', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.status <> OLD.status THEN
    lawful := CASE OLD.status
      WHEN 'proposed' THEN ARRAY['allowed', 'waiting', 'refused', 'superseded', 'expired']
      WHEN 'waiting' THEN ARRAY['approved', 'refused', 'expired', 'superseded']
      WHEN 'allowed' THEN ARRAY['claimed', 'expired', 'superseded', 'failed']
      WHEN 'approved' THEN ARRAY['claimed', 'expired', 'superseded', 'failed']
      -- back to its decision only where the effect certainly did not happen (the mail server said "later")
      WHEN 'claimed' THEN ARRAY['done', 'failed', 'uncertain', 'allowed', 'approved']
      WHEN 'uncertain' THEN ARRAY['done', 'failed']
      ELSE ARRAY[]::text[]
    END;
    IF NOT NEW.status = ANY (lawful) THEN
      RAISE EXCEPTION 'action % cannot go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    -- No decision without its signed row; the signature itself is checked by whoever claims.
    IF NEW.status IN ('allowed', 'approved') AND NOT EXISTS (
      SELECT 1 FROM approval WHERE action_id = NEW.id AND decision IN ('allow', 'approve')) THEN
      RAISE EXCEPTION 'action % has no approval', OLD.id USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  RETURN NEW;
END $$;

ALTER TABLE "action" ADD CHECK (approver IN ('owner', 'manager', 'ops')), ADD CHECK (escalate_to IN ('manager', 'ops'));
