#ifndef BASE_BEIJING_H
#define BASE_BEIJING_H
#include "base/value.h"

/* yyyyMMddHHmmss of Beijing, whatever zone the platform keeps: times in the messages of payment platforms. */
enum { BEIJING_SIZE = 15 };
char *beijing_text(struct instant t, char out[BEIJING_SIZE]);
/* False: no such time, or NULL. */
bool beijing_parse(const char *s, struct instant *t);
#endif
