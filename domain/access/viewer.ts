/** Who is looking or acting: what the access table and the stores need to know of a person, a key, or the installation itself. */

export const ROLES = ['rep', 'manager', 'ops', 'admin', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** Rights beyond the role, given to one person by an admin. */
export const GRANTS = ['mail_bodies', 'sensitive_fields'] as const
export type Grant = (typeof GRANTS)[number]

/** What a key may be used for; a person who signed in themselves has all of them. */
export const SCOPES = ['read', 'write', 'decide', 'manage'] as const
export type Scope = (typeof SCOPES)[number]

export interface Viewer {
  /** null: the installation (the command on this machine, workers, the server's own loops). */
  userId: string | null
  role: Role
  /** Users whose records are the team's: everybody in one's own team and, for a manager, in the teams one manages. Oneself included. */
  team: readonly string[]
  grants: readonly Grant[]
  /** Of the key that was used. */
  scopes: readonly Scope[]
  /** `decide` is missing among the scopes because the organisation asks approvers for a second factor. */
  needsSecondFactor?: boolean
}

/** For code that acts for nobody in particular and holds the database's secrets anyway. */
export const INSTALLATION: Viewer = { userId: null, role: 'admin', team: [], grants: GRANTS, scopes: SCOPES }
