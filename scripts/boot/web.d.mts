export function findWeb(project?: string): string | null
export function ensureWeb(say?: (line: string) => void, project?: string): string
export function buildWeb(folder: string): void
