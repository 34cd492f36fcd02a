/** What a role may do at all, by the server's own table. With which records, the server says. */
import { rowOf, type Right } from '../../domain/access/table.ts'
import type { Role } from './here.ts'

export type { Right }

export const roleMay = (role: Role, right: Right): boolean => rowOf(right).roles[role] !== undefined
