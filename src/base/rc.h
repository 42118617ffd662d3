#ifndef BASE_RC_H
#define BASE_RC_H

/* One result code for the whole program; each knows its HTTP status (IFC-4). */
enum rc {
#define RC(name, http, level, text) RC_##name,
#include "base/rc.def"
#undef RC
	RC__MAX
};

struct rc_info {
	const char *name;	/* lower case, the `code` of a problem document */
	int http;
	char level;		/* D, I, W, E: how loud the log line is */
	const char *text;
};
extern const struct rc_info rc_info[RC__MAX];

#define MUST_USE __attribute__((warn_unused_result))
#define TRY(e) do { enum rc rc_ = (e); if (rc_ != RC_OK) return rc_; } while (0)
#endif
