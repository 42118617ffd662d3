#ifndef DOMAIN_TERM_H
#define DOMAIN_TERM_H
#include "base/arena.h"

/* The terms by which a text is found (CAT-12): words of Latin letters and digits, A to Z in lower case; each two neighbouring
 * characters of a run of Chinese, and a character that stands alone.  Full-width letters and digits count as plain ones; a word
 * longer than TERM_CHARS is cut. */
enum { TERM_CHARS = 20 };

/* The first max different terms of well-formed text, in its order; they live in the arena. */
size_t term_split(struct arena *a, const char *text, const char **terms, size_t max);
/* The fewest terms that hold every character of what is searched for: of a run of Chinese every second pair and the last.
 * Whatever has the text has them all. */
size_t term_cover(struct arena *a, const char *text, const char **terms, size_t max);
/* The words, and each Chinese character by itself: so a name is found by one of its characters. */
size_t term_single(struct arena *a, const char *text, const char **terms, size_t max);
#endif
