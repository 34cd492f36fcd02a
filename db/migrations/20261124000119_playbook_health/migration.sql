-- Runs of one playbook, those that need a person first, as the list of runs reads them: expressions are those of server/runs.ts.
CREATE INDEX run_by_playbook ON "run" (playbook, (CASE status WHEN 'paused' THEN 1 ELSE 0 END) DESC, started_at DESC, id DESC);

-- What failed lately is a handful among all steps that ever were.
CREATE INDEX step_run_failed ON "step_run" (ended_at) WHERE status = 'failed';
