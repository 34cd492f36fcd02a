/** Weekdays as people type them. */
import { DealwrightError } from '../../domain/errors.ts'

/** 1 Monday to 7 Sunday, in that order. */
export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** @throws DealwrightError `bad_input` */
export function readDay(text: string): number {
  const day = DAYS.findIndex(one => one.toLowerCase() === text.trim().slice(0, 3).toLowerCase()) + 1
  if (day > 0) return day
  throw new DealwrightError('bad_input', `${text}: give weekdays such as Mon,Tue.`)
}
