/** Stands in every text that only its owner or a member of staff with the permission may read. */
export const SECRET = 'for-own-eyes'
