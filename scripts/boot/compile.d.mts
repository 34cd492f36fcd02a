/** Compiles the programs (name: source) of a project and returns their folder. Throws what the compiler says. */
export function compile(project?: string, programs?: Record<string, string>): Promise<string>
