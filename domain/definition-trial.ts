/** What another scoring or territories file would change, lead by lead. */

export interface ScoreChange {
  lead: string
  name: string
  company: string | null
  before: number
  after: number
  /** A line for each part that changed. */
  why: string[]
}

export interface ScoringTrial {
  /** In force. */
  version: number
  /** How many were looked at. */
  leads: number
  /** Largest change first. */
  changed: ScoreChange[]
}

export interface RouteChange {
  lead: string
  name: string
  company: string | null
  /** Who has it: leads keep their owner. */
  owner: string | null
  before: { owner: string | null; reason: string }
  after: { owner: string | null; reason: string }
}

export interface TerritoriesTrial {
  version: number
  leads: number
  changed: RouteChange[]
}
