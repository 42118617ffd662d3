#ifndef XML_SCHEMA_TABLE_H
#define XML_SCHEMA_TABLE_H
#include <stdint.h>

/* What tools/xsdgen makes of a schema: every type a row.  Types are numbers of rows; 0 is no type. */
enum schema_kind {
	SCHEMA_SEQUENCE = 1,	/* elements: its n parts from `first`, in their order */
	SCHEMA_CHOICE,		/* elements: one of these parts */
	SCHEMA_OTHER,		/* `least` to `most` elements that are not the message's own, unread */
	SCHEMA_UNREAD,		/* the same of any kind */
	SCHEMA_STRING,		/* text, of `least` to `most` characters */
	SCHEMA_DECIMAL,
	SCHEMA_DATE,
	SCHEMA_DATE_TIME,
	SCHEMA_YEAR_MONTH,
	SCHEMA_BOOLEAN
};
enum { SCHEMA_UNBOUNDED = UINT16_MAX };

struct schema_part { const char *name; uint16_t type, least, most; };

struct schema_type {
	const char *name;
	enum schema_kind kind;
	uint16_t first, n;		/* parts, or the values that a text may have */
	uint16_t least, most;
	uint16_t digits, places;	/* of a decimal; digits 0: any */
	uint16_t not_negative;
	const char *pattern;
	uint16_t currency;		/* type of the attribute Ccy */
};

struct schema {
	const char *name, *ns;
	const struct schema_type *types;
	const struct schema_part *parts;
	const char *const *values;
	uint16_t document;		/* type of the root */
};
#endif
