/** What the server finds wrong with a text, asked a moment after one stopped typing. */
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { answered, api } from '../../api/here.ts'
import type { TextProblem } from './yaml-editor.tsx'

const MOMENT_MS = 400

const ASK = {
  playbook: (text: string) => answered(api.playbooks.check.$post({ json: { text } })),
  policy: (text: string) => answered(api.policy.check.$post({ json: { text } })),
  scoring: (text: string) => answered(api.scoring.check.$post({ json: { text } })),
  territories: (text: string) => answered(api.territories.check.$post({ json: { text } })),
} as const

export type TextKind = keyof typeof ASK
type Found<K extends TextKind> = Awaited<ReturnType<(typeof ASK)[K]>>['data']

export interface Check<K extends TextKind> {
  /** Of the text as it was looked at last; undefined before the first time. */
  problems: readonly TextProblem[] | undefined
  /** The whole answer, e.g. a policy's rules in words. */
  found: Found<K> | undefined
  /** This very text was looked at, and nothing is wrong with it. */
  inOrder: boolean
  /** The server could not be asked. */
  error: unknown
}

export function useCheck<K extends TextKind>(kind: K, text: string): Check<K> {
  const [settled] = useDebouncedValue(text, MOMENT_MS)
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['check', kind, settled],
    queryFn: async () => (await ASK[kind](settled)).data as Found<K>,
    enabled: settled !== '',
    placeholderData: before => before,
    // The same text is wrong in the same way.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  const found = settled === '' ? undefined : data
  return {
    problems: settled === '' ? NOTHING_WRITTEN : found?.problems,
    found,
    inOrder: settled === text && !isPlaceholderData && found?.ok === true,
    error,
  }
}

const NOTHING_WRITTEN: readonly TextProblem[] = [{ line: 1, column: 1, message: 'nothing is written yet' }]
