/** Room on the disks that an installation writes to: how much there is, whom to tell, and what waits until there is some. */
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import path from 'node:path'
import { DealwrightError } from '../../domain/errors.ts'
import type { Home } from '../home.ts'

/** Two of Postgres' log segments: with less it cannot recover, and every start would fail. */
const FULL_MB = 32
const LOW_MB = 200
const LOOK_MS = 2_000

export interface Room {
  folder: string
  freeMb: number
}

/** The fullest of the disks on which the home and its database lie. */
export function roomFor(home: Home): Room {
  const note = path.join(home.folder, 'postgres.elsewhere')
  const elsewhere = existsSync(note) ? path.dirname(readFileSync(note, 'utf8').trim()) : home.folder
  const [first, second] = [home.folder, elsewhere].map(folder => ({ folder, freeMb: freeMb(folder) })) as [Room, Room]
  return second.freeMb < first.freeMb ? second : first
}

/** 0 where the folder is on no disk that could be asked. */
function freeMb(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return Math.floor((bavail * bsize) / 1024 / 1024)
  } catch {
    return 0
  }
}

export const isFull = (room: Room): boolean => room.freeMb < FULL_MB

/** What to tell people, beginning with the code where the disk is full; null when there is enough. */
export function roomWarning({ folder, freeMb }: Room): string | null {
  const free = `the disk of ${folder}`
  if (freeMb < FULL_MB)
    return `disk_full: ${free} is full (${freeMb} MB free). Make room: what is under way waits and then goes on by itself`
  if (freeMb < LOW_MB) return `only ${freeMb} MB are free on ${free}: make room before it is full`
  return null
}

/** @throws DealwrightError `disk_full` where a start could not succeed */
export function needRoom(home: Home): void {
  const room = roomFor(home)
  if (!isFull(room)) return
  throw new DealwrightError(
    'disk_full',
    `the disk of ${room.folder} is full (${room.freeMb} MB free): make room, at least ${FULL_MB} MB, and start again`,
  )
}

/** Says once when room runs low, when there is none, and when there is some again; then `onRoom` is called too. Returns what ends it. */
export function watchRoom(home: Home, say: (line: string) => void, onRoom: () => void): () => void {
  let told: 'enough' | 'low' | 'full' = 'enough'
  const look = (): void => {
    const room = roomFor(home)
    const warning = roomWarning(room)
    const now = warning === null ? 'enough' : isFull(room) ? 'full' : 'low'
    if (now === told) return
    if (told === 'full') {
      say(`there is room again on the disk of ${room.folder}: work goes on`)
      onRoom()
    }
    if (warning !== null && (now === 'full' || told === 'enough')) say(warning)
    told = now
  }
  look()
  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  return () => clearInterval(timer)
}
