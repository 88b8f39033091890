-- Words written nearly so are looked for among the words of the shop, not in names.
drop index search_document_like;
