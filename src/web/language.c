/* POST /language: the reader's language from now on (IFC-6); kept with the person, for visitors in a cookie. */
#include "app/session.h"
#include "web/negotiate.h"
#include "web/web.h"

struct language_in { const char *lang, *back; };
FORM(language_form, struct language_in,
	TEXT(struct language_in, lang, .max = 10),
	TEXT(struct language_in, back, .max = URI_MAX, .optional = true))

enum rc language_set(struct cx *cx, struct web *w)
{
	const struct language_in *in = w->in;
	enum lang lang = negotiate_lang(in->lang);

	if (!lang)
		return RC_MALFORMED;
	if (w->session)
		TRY(session_language(cx, lang));
	web_cookie(w, COOKIE_LANGUAGE, lang_enum.names[lang]);
	return web_see(w, web_back(w, "back", "/"));
}
