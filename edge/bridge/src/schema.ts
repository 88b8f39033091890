/** The bridge's tables, as steps that run once each. Times are milliseconds since 1970. */
export const STEPS = [
  `CREATE TABLE inbox (
     seq INTEGER PRIMARY KEY AUTOINCREMENT, device TEXT NOT NULL, rid TEXT, hash TEXT NOT NULL, topic TEXT NOT NULL,
     payload BLOB NOT NULL, at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, reply BLOB, until INTEGER,
     state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'answered', 'done', 'parked')));
   CREATE UNIQUE INDEX inbox_request ON inbox (device, rid) WHERE rid IS NOT NULL;
   CREATE INDEX inbox_pending ON inbox (device, seq) WHERE state = 'pending';
   CREATE INDEX inbox_answered ON inbox (seq) WHERE state = 'answered';
   CREATE INDEX inbox_forgettable ON inbox (until) WHERE state = 'done';
   CREATE TABLE position (stream TEXT PRIMARY KEY, event TEXT NOT NULL);
   CREATE TABLE shown_price (channel TEXT, sku TEXT, shown TEXT NOT NULL, PRIMARY KEY (channel, sku)) WITHOUT ROWID`,
  `ALTER TABLE inbox ADD COLUMN answer_topic TEXT;
   ALTER TABLE inbox ADD COLUMN correlation BLOB;
   CREATE TABLE self (id TEXT NOT NULL);
   CREATE INDEX inbox_parked ON inbox (seq) WHERE state = 'parked'`,
  'ALTER TABLE inbox ADD COLUMN trace TEXT',
  // Reduced prices that were shown without their lowest of 30 days are shown anew.
  "DELETE FROM position WHERE stream LIKE 'price %'",
]
