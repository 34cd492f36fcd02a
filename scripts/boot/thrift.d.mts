export const THRIFTY_FLAGS: string[]
export const THRIFTY_ENV: Record<string, string>
