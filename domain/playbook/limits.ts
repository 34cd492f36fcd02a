/** What keeps a hostile or runaway playbook small. Each is checked while parsing and named in its message. */
export const LIMITS = {
  /** Characters of a playbook file. */
  text: 64 * 1024,
  /** Nesting of YAML collections; checked on the token tree, before anything recursive runs over the text. */
  yamlDepth: 40,
  /** Nesting of choose and repeat. */
  depth: 8,
  /** Statements in the file. */
  statements: 300,
  repeat: 100,
  /** Statements a run can pass through, all repeats multiplied out. */
  passes: 20_000,
  condition: 600,
  textArgument: 500,
  problems: 50,
} as const

/** What keeps a run's state small. */
export const RUN_LIMITS = {
  /** Events kept for waits that have not opened; beyond it the oldest goes and is counted. */
  inbox: 32,
  /** Event ids remembered, so that repeats change nothing. */
  seen: 256,
  /** Bytes of JSON of one result, after undeclared fields are left out. */
  result: 8 * 1024,
  /** Bytes of JSON of the trigger's fields, likewise. */
  trigger: 16 * 1024,
} as const
