-- What the storefront finds (CAT-12): each word, each value of a filter and each way to sort is a list of products in the order in which they are
-- shown, so that a page is a few neighbouring rows of one list, whatever the size of the catalogue.  The job product_rank fills it anew.
DROP TABLE IF EXISTS product_term;
CREATE TABLE product_term (
	term       VARCHAR(40) NOT NULL COMMENT 'a word; =x:value of a filter; *way to sort',
	score      BIGINT UNSIGNED NOT NULL COMMENT 'the greatest comes first',
	product_id BIGINT UNSIGNED NOT NULL,
	PRIMARY KEY (term, score, product_id),
	UNIQUE KEY product (product_id, term)
) ENGINE=InnoDB COMMENT='listed products only; written by app/product_index.c alone';
CREATE TABLE IF NOT EXISTS term_count (
	term VARCHAR(40) NOT NULL PRIMARY KEY,
	n    INT UNSIGNED NOT NULL COMMENT 'products in its list'
) ENGINE=InnoDB;
-- Sales move lists of their own; what walks over all listed products goes by id.
ALTER TABLE product DROP KEY listed, DROP KEY listed_in, ADD KEY listed (state, id);
