/**
 * How a worker and a server are begun so that they stay small. V8 otherwise lets a heap grow to four times what is in use before it looks
 * for garbage (below a limit of 2 GB for old objects it lets it grow by half), and keeps three times 16 MB for new objects in each thread;
 * glibc keeps a pool of freed memory for each of the many threads of Temporal's core.
 */
export const THRIFTY_FLAGS = ['--max-old-space-size=1024', '--max-semi-space-size=4']
export const THRIFTY_ENV = { MALLOC_ARENA_MAX: '2' }
