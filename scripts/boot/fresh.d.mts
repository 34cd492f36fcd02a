/** The folder of compiled programs that are fresh, or null. */
export function freshFolder(project?: string): string | null
