#ifndef WECHAT_UNIT_H
#define WECHAT_UNIT_H
#include "channel/wechat.h"
#include "unit.h"

/* The merchant of these tests, with the key of the published vectors (WXP-1). */
extern const struct wechat_conf merchant;
/* What was written last, and one field of it. */
extern struct xml_flat sent_doc;
void sent_read(struct bytes xml);
const char *sent(const char *name);

/* An answer of the platform, rightly signed. */
struct bytes wechat_answer(const struct pair *p, size_t n);
#define WECHAT_ANSWER(...)                                                                                             \
	wechat_answer((const struct pair[]){ __VA_ARGS__ }, sizeof((const struct pair[]){ __VA_ARGS__ }) / sizeof(struct pair))
#endif
