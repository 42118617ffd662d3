-- A value of a filter has a list for each way to sort: longer names.  The job product_rank fills them.
DELETE FROM product_term;
DELETE FROM term_count;
ALTER TABLE product_term MODIFY term VARCHAR(60) NOT NULL COMMENT 'a word; or =x:value of a filter (none: all products) and *way to sort';
ALTER TABLE term_count MODIFY term VARCHAR(60) NOT NULL;
