#ifndef WEB_NEGOTIATE_H
#define WEB_NEGOTIATE_H
#include "base/value.h"

/* What the client asked for, from its headers; NULL stands for a header that was not sent. */

/* JSON rather than HTML (IFC-1)?  JSON must be preferred, or be equally good and `program` (a token, a JSON body). */
bool negotiate_json(const char *accept, bool program);
/* The best of Chinese and English (IFC-6); LANG_NONE when neither is asked for. */
enum lang negotiate_lang(const char *accept_language);
/* The type of a Content-Type without its parameters is this one (lower case). */
bool media_is(const char *content_type, const char *type);
#endif
