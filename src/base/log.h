#ifndef BASE_LOG_H
#define BASE_LOG_H
#include "base/value.h"

/* One line of logfmt for each event on standard error (IFC-10):
 *	log_event('I', "request", LOG_STR("route", r), LOG_INT("status", 200));
 * Never a password, token, key or card number: callers pass names of fields, not bodies.  Levels D I W E. */
struct log_field { const char *name, *text; int64_t num; };
#define LOG_STR(k, v) (struct log_field){ (k), (v) ? (v) : "-", 0 }
#define LOG_INT(k, v) (struct log_field){ (k), NULL, (int64_t)(v) }
#define log_event(level, event, ...) \
	log_fields((level), (event), (const struct log_field[]){ __VA_ARGS__ }, sizeof((const struct log_field[]){ __VA_ARGS__ }) / sizeof(struct log_field))

void log_fields(char level, const char *event, const struct log_field *f, size_t n);
/* Lines below the level are dropped: 'D' shows all, 'I' is the default. */
void log_level(char least);
#endif
