#ifndef VIEW_PRINT_H
#define VIEW_PRINT_H
#include "view/msg.h"

/* How a value looks, by its type, in the language of the reader (o->lang), escaped for the place where it stands.  Templates print
 * by these; a type that is not in the list does not compile.  Zero prints nothing where zero means none. */

/* A JSON document that was written by out_json or json_<model>: safe inside a page as it is. */
struct json_doc { const char *text; };

void print_str(struct out *o, const char *s);		/* NULL prints nothing */
void print_int(struct out *o, int v);
void print_i64(struct out *o, int64_t v);
void print_u64(struct out *o, uint64_t v);
void print_bool(struct out *o, bool v);			/* 是 / 否 */
void print_money(struct out *o, struct money m);	/* 1,280.00 */
void print_instant(struct out *o, struct instant t);	/* 2026-11-21 10:23:04 */
void print_date(struct out *o, struct date d);		/* 2026-11-21 */
void print_msg(struct out *o, enum msg id);
void print_label(struct out *o, const struct enum_def *d, const uint16_t *labels, int v);
void print_code(struct out *o, const struct enum_def *d, int v);	/* to_pay */
void print_href(struct out *o, const char *s);
void print_url(struct out *o, const char *s);
void print_yuan(struct out *o, struct money m);		/* ¥1,280.00 */
void print_plain(struct out *o, struct money m);	/* 1280.00, as it is typed */
void print_rfc3339(struct out *o, struct instant t);
void print_day(struct out *o, struct instant t);	/* the day of an instant */
void print_clock(struct out *o, struct instant t);	/* 10:23:04 */

#define PRINT_ENUM(E) \
	static inline void print_label_##E(struct out *o, enum E v) { print_label(o, &E##_enum, E##_msg, (int)v); } \
	static inline void print_code_##E(struct out *o, enum E v) { print_code(o, &E##_enum, (int)v); } \
	static inline bool is_##E(enum E v) { return v; }
MSG_ENUMS(PRINT_ENUM)
#define PRINT_LABEL(E) , enum E: print_label_##E
#define PRINT_CODE(E) , enum E: print_code_##E
#define PRINT_IS(E) , enum E: is_##E

#define view_text(o, v) _Generic((v) MSG_ENUMS(PRINT_LABEL), \
	const char *: print_str, char *: print_str, bool: print_bool, int: print_int, long: print_i64, unsigned long: print_u64, \
	struct money: print_money, struct instant: print_instant, struct date: print_date, enum msg: print_msg)(o, v)
/* A whole address. */
#define view_href(o, v) _Generic((v), const char *: print_href, char *: print_href)(o, v)
/* A part of an address. */
#define view_url(o, v) _Generic((v) MSG_ENUMS(PRINT_CODE), \
	const char *: print_url, char *: print_url, int: print_int, long: print_i64, unsigned long: print_u64, struct date: print_date)(o, v)

#define view_name(o, v) _Generic((v) MSG_ENUMS(PRINT_CODE))(o, v)
#define view_yuan(o, v) print_yuan(o, v)
#define view_plain(o, v) print_plain(o, v)
#define view_iso(o, v) _Generic((v), struct instant: print_rfc3339, struct date: print_date)(o, v)
#define view_date(o, v) print_day(o, v)
#define view_time(o, v) print_clock(o, v)
static inline void view_ld(struct out *o, struct json_doc d) { out_str(o, d.text); }

/* Whether there is something: a text that is not empty, a number, amount, instant, date or enum that is not 0, a model. */
static inline bool is_str(const char *s) { return s && *s; }
static inline bool is_i64(int64_t v) { return v; }
static inline bool is_u64(uint64_t v) { return v; }
static inline bool is_money(struct money m) { return m.fen; }
static inline bool is_instant(struct instant t) { return t.us; }
static inline bool is_date(struct date d) { return d.days; }
static inline bool is_msg(enum msg id) { return id; }
static inline bool is_json(struct json_doc d) { return d.text; }
static inline bool is_there(const void *p) { return p; }
#define view_is(v) _Generic((v) MSG_ENUMS(PRINT_IS), \
	const char *: is_str, char *: is_str, bool: is_i64, int: is_i64, long: is_i64, unsigned long: is_u64, \
	struct money: is_money, struct instant: is_instant, struct date: is_date, enum msg: is_msg, struct json_doc: is_json, \
	default: is_there)(v)
#endif
