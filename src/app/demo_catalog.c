#include "app/demo_catalog.h"

#include "base/id.h"
#include "base/str.h"
#include "base/time.h"

/* FNV-1a: the name of a thing decides its id. */
static uint64_t hash(uint64_t h, const char *s)
{
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3u;
	return h;
}

uint64_t demo_id(const struct demo_catalog *c, const char *kind, const char *code)
{
	uint64_t h = hash(hash(0xcbf29ce484222325u, kind), code);

	return id_at(instant_add(c->begun, (int64_t)(h % (uint64_t)DAY_US)), (uint32_t)(h >> 48) % ID_PER_INSTANT);
}

const struct demo_org *demo_org_of(const struct demo_catalog *c, const char *code)
{
	for (size_t i = 0; i < c->orgs; i++)
		if (str_eq(c->org[i].code, code))
			return &c->org[i];
	demo_bad("no such organisation", code);
}

const char *demo_path(const struct demo_catalog *c, const char *name) { return arena_printf(c->cx->a, "%s/%s.txt", c->folder, name); }

enum rc demo_catalog(struct cx *cx, const char *folder, struct demo_catalog *c)
{
	*c = (struct demo_catalog){ .cx = cx, .folder = folder, .begun = date_begin(date_make(2026, 1, 5)) };
	TRY(demo_people(c));
	TRY(demo_products(c));
	TRY(demo_coupons(c));
	TRY(demo_shelf(c));
	return demo_desk(c);
}
