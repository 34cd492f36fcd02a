/** A file on its way in: looked at as often as one changes one's mind, then imported once. */
import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { sendImport, type ImportAsked, type ImportResult } from '../../api/upload.ts'
import { mapOf, type Choices } from './fields.ts'

export interface Terms {
  /** What the rows are; empty: as the columns tell. */
  as: string
  /** Playbooks read it as where the lead came from. */
  source: string
  basis: string
  start: boolean
}

export const FIRST_TERMS: Terms = { as: '', source: 'import', basis: '', start: true }

function askedOf(file: File, { as, source, basis, start }: Terms, map: string | undefined): ImportAsked {
  return {
    file: file.name,
    source: source.trim() || 'import',
    ...(as ? { as } : {}),
    ...(basis ? { basis } : {}),
    ...(map === undefined ? {} : { map }),
    ...(start ? {} : { start: 'false' as const }),
  }
}

export function useImport() {
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [terms, setTerms] = useState(FIRST_TERMS)
  const [choices, setChoices] = useState<Choices>({})
  /** What was guessed before one changed anything: choices are told apart from it. */
  const [guessed, setGuessed] = useState<ImportResult | null>(null)
  const look = useMutation({
    mutationFn: async (of: { file: File; terms: Terms; choices: Choices; guessed: ImportResult | null }) => {
      const map = of.guessed ? mapOf(of.guessed.columns, of.choices) : undefined
      return sendImport(of.file, { ...askedOf(of.file, of.terms, map), dryRun: 'true' })
    },
    onSuccess: (result, of) => {
      if (of.guessed === null) setGuessed(result)
    },
  })
  const run = useMutation({
    mutationFn: async () => {
      if (!file) return null
      const map = guessed ? mapOf(guessed.columns, choices) : undefined
      return sendImport(file, askedOf(file, terms, map))
    },
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) =>
          ['imports', 'leads', 'accounts', 'contacts', 'deals', 'today'].includes(String(queryKey[0])),
      }),
  })
  const begin = (next: File | null, nextTerms = terms) => {
    setFile(next)
    setTerms(nextTerms)
    setChoices({})
    setGuessed(null)
    look.reset()
    run.reset()
    if (next) look.mutate({ file: next, terms: nextTerms, choices: {}, guessed: null })
  }
  return {
    file,
    terms,
    choices,
    look,
    run,
    choose: (next: File | null) => begin(next),
    /** Another kind of rows is another guess; the rest is looked at again with what one chose. */
    change: (of: Partial<Terms>) => {
      const next = { ...terms, ...of }
      if (of.as !== undefined) return begin(file, next)
      setTerms(next)
      if (of.basis !== undefined && file) look.mutate({ file, terms: next, choices, guessed })
    },
    map: (header: string, field: string | null) => {
      const next = { ...choices, [header]: field }
      setChoices(next)
      if (file) look.mutate({ file, terms, choices: next, guessed })
    },
  }
}

export type Import = ReturnType<typeof useImport>
