-- Words written nearly so are looked for among the words of the shop, not in names.
drop index search_document_like;

-- New words wait in a list of this size (kB), and go into the index together: twice as many documents in a second, and
-- every search reads at most the list beside the index.
alter index search_document_found set (fastupdate = on, gin_pending_list_limit = 1024);

-- contract: nothing is searched before this version, so the table is empty.
create index if not exists search_document_called on search_document (name_key, locale);
