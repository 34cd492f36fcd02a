/** What whoever looks may do: pages show that, and nothing else. */
import { roleMay, type Right } from '../api/rights.ts'
import { useMe } from './session.tsx'

/** @example const may = useMay(); may('stop.engage') && <StopButton /> */
export function useMay(): (right: Right) => boolean {
  const { role } = useMe()
  return right => roleMay(role, right)
}
