#ifndef SANDBOX_SANDBOX_H
#define SANDBOX_SANDBOX_H
#include "base/config.h"
#include "http/http.h"
#include "sandbox/bank_file.h"
#include "sandbox/bank_page.h"
#include "sandbox/journal.h"
#include "sandbox/mailbox.h"
#include "sandbox/notice.h"
#include "sandbox/pay.h"
#include "sandbox/provider.h"
#include "sandbox/refund.h"

/* MON-10: the other side of everything.  One process, one thread; all state is here, bounded (the oldest is forgotten),
 * and comes out of the journal again after a restart: state changes only by events. */
struct sandbox {
	const struct config *conf;
	struct arena *a;		/* of the request at hand */
	struct journal journal;
	struct http_many *calls;
	struct pays pays;
	struct refunds refunds;
	struct notices notices;
	struct provider provider;
	struct mailbox mailbox;
	struct banks banks;
	struct bank_visits visits;
};

/* Reads the journal.  False: errno says why. */
bool sandbox_open(struct sandbox *sb, const struct config *conf, struct arena *a);
/* Something happened: it is written down, and then it is so. */
void sandbox_happen(struct sandbox *sb, const char *event, const char *const *texts, size_t n);
#define HAPPEN(sb, event, ...)                                                                                         \
	sandbox_happen((sb), (event), (const char *const[]){ __VA_ARGS__ },                                            \
		       sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))
/* Numbers in events are texts. */
const char *sandbox_number(struct sandbox *sb, int64_t v);

/* Milliseconds since 1970 of the machine's clock: for schedules, which business time does not move. */
int64_t sandbox_ms(void);
/* A pause of the real schedule, at our speed. */
int64_t sandbox_scaled_ms(const struct sandbox *sb, int seconds);
/* A text into an array of the state, cut at a whole character. */
void sandbox_put(char *to, size_t size, const char *text);
#define PUT(array, text) sandbox_put((array), sizeof(array), (text))
#endif
