/** Somebody wants every document made anew. */
export const REBUILD_REQUESTED = 'SearchRebuildRequested.v1'
