/** Model calls under way at once, over one process. */
export const MODEL_CALLS_AT_ONCE = 8
