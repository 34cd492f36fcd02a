/** A list of the API, page after page as one goes down. */
import { useMemo } from 'react'
import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query'

interface Page<T> {
  items: T[]
  next: string | null
}

export interface Rows<T> {
  rows: readonly T[] | undefined
  error: unknown
  /** There is more, and it is on its way once `more` was called. */
  hasMore: boolean
  loading: boolean
  more: () => void
  retry: () => void
}

/**
 * @param key begins with the area of the API, so that live updates find it
 * @example useRows(['leads', view], cursor => answered(api.leads.$get({ query: { ...view, cursor } })))
 */
export function useRows<T>(
  key: QueryKey,
  load: (cursor: string | undefined) => Promise<{ data: Page<T> }>,
  { enabled = true } = {},
): Rows<T> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: async ({ pageParam }) => (await load(pageParam)).data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: before => before,
    enabled,
  })
  const { data, error, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage, refetch } = query
  // One array for one answer: lists tell by it whether anything came.
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items), [data])
  return {
    rows,
    error,
    hasMore: hasNextPage,
    loading: isFetching,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
    },
    retry: () => void refetch(),
  }
}
