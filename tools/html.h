#ifndef TOOLS_HTML_H
#define TOOLS_HTML_H
#include <stdbool.h>
#include <stddef.h>

/* Follows the literal HTML of a template: where a value would stand, and whether elements nest.  What is not allowed ends the
 * program by die(). */

enum { WORD = 64, LINE = 600, ELEMENTS = 64 };
enum ctx { TEXT, TAG, ATTR, URL, RAW };
extern const char *const html_place[];	/* the words for them */

/* word: the name being read in a tag ("<": the tag's own; "!": none may go on here); url: the address as far as it is literal. */
struct html {
	enum ctx ctx;
	char quote, tag[WORD], attr[WORD], word[WORD], url[LINE];
	bool closing, self_closing, dynamic_url, equiv, dynamic_content;
};
extern struct html html;

struct element { char name[WORD]; int line; };
extern struct element element[ELEMENTS];
extern int element_n, element_floor;	/* those below the floor were opened outside of the block */

void html_char(const char *p);		/* advances over the character at p; looks at what follows it */
bool html_verbatim(void);		/* white space counts here */
/* Dies unless the literal beginning of an address fixes where it leads before the value `what` comes. */
void html_url_check(const char *what);

/* Of the generator. */
extern int line;
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
bool one_of(const char *s, const char *const *list);
void copy(char *to, size_t cap, const char *from, size_t n);
#endif
