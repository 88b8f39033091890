/** The broker's tables, as steps that run once each. */
export const STEPS = [
  `CREATE TABLE retained (topic TEXT PRIMARY KEY, head TEXT NOT NULL, payload BLOB);
   CREATE TABLE subscription (client TEXT, topic TEXT, options TEXT NOT NULL, PRIMARY KEY (client, topic)) WITHOUT ROWID;
   CREATE TABLE outgoing (
     seq INTEGER PRIMARY KEY AUTOINCREMENT, client TEXT NOT NULL, broker TEXT, counter INTEGER, message_id INTEGER,
     at INTEGER NOT NULL, head TEXT NOT NULL, payload BLOB);
   CREATE INDEX outgoing_in_order ON outgoing (client, seq);
   CREATE INDEX outgoing_by_message ON outgoing (client, message_id);
   CREATE INDEX outgoing_by_counter ON outgoing (client, broker, counter);
   CREATE TABLE incoming (client TEXT, message_id INTEGER, head TEXT NOT NULL, payload BLOB, PRIMARY KEY (client, message_id));
   CREATE TABLE will (client TEXT PRIMARY KEY, broker TEXT NOT NULL, head TEXT NOT NULL, payload BLOB)`,
]
