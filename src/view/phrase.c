#include "view/phrase.h"

#include <inttypes.h>

#include "base/time.h"

static const char *count(struct arena *a, enum lang lang, enum msg one, enum msg many, int64_t n)
{
	return n == 1 ? msg_text(lang, one) : MSG_FILL(a, lang, many, { "n", arena_printf(a, "%" PRId64, n) });
}

const char *phrase_duration(struct arena *a, enum lang lang, int64_t n, enum time_unit unit)
{
	switch (unit) {
	case UNIT_MINUTE: return count(a, lang, MSG_phrase_minute, MSG_phrase_minutes, n);
	case UNIT_HOUR:   return count(a, lang, MSG_phrase_hour, MSG_phrase_hours, n);
	case UNIT_DAY:    return count(a, lang, MSG_phrase_day, MSG_phrase_days, n);
	case UNIT_MONTH:  return count(a, lang, MSG_phrase_month, MSG_phrase_months, n);
	case UNIT_YEAR:   return count(a, lang, MSG_phrase_year, MSG_phrase_years, n);
	}
	return "";
}

const char *phrase_plan(struct arena *a, enum lang lang, const struct phrase_plan *p)
{
	const char *text = arena_printf(a, "%s · %" PRIu64 " %s", p->plan, p->quantity, p->unit);

	if (!p->duration || !p->duration_unit)
		return text;
	return arena_printf(a, "%s · %s", text, phrase_duration(a, lang, p->duration, p->duration_unit));
}

const char *phrase_price_line(struct arena *a, enum lang lang, const struct price_line *l)
{
	if (l->choice)
		return arena_printf(a, "%s: %s", l->choice->option_name, l->choice->name);
	return msg_text(lang, (enum msg)price_line_kind_msg[l->kind]);
}

const char *phrase_left(struct arena *a, enum lang lang, struct instant now, struct instant until)
{
	int64_t left = until.us - now.us, days = left / DAY_US, hours = left % DAY_US / HOUR_US,
		minutes = left % HOUR_US / MINUTE_US;
	const char *first = "", *second = "";

	if (!until.us || left <= 0)
		return "";
	if (days) {
		first = phrase_duration(a, lang, days, UNIT_DAY);
		second = hours ? phrase_duration(a, lang, hours, UNIT_HOUR) : "";
	} else {
		first = hours ? phrase_duration(a, lang, hours, UNIT_HOUR) : "";
		second = minutes || !hours ? phrase_duration(a, lang, minutes, UNIT_MINUTE) : "";
	}
	return arena_printf(a, "%s%s%s", first, *first && *second ? " " : "", second);
}

const char *phrase_actor(enum lang lang, const char *name)
{
	int kind = enum_of(&actor_kind_enum, name, strlen(name)),
		channel = enum_of(&payment_channel_enum, name, strlen(name));

	if (kind)
		return msg_text(lang, (enum msg)actor_kind_msg[kind]);
	return channel ? msg_text(lang, (enum msg)payment_channel_msg[channel]) : name;
}

const char *phrase_why(enum lang lang, const char *why)
{
	static const struct { const char *why; enum msg text; } rows[] = {
		{ "not in time", MSG_phrase_not_in_time }, { "the plan asks for a review", MSG_phrase_plan_review }, { "order closed", MSG_phrase_order_closed },
	};

	for (size_t i = 0; why && i < sizeof rows / sizeof *rows; i++)
		if (!strcmp(why, rows[i].why))
			return msg_text(lang, rows[i].text);
	return why;
}

/* What stands in the header, and its name; the first that fits, for browsers also name those that they descend from. */
struct sign { const char *sign, *name; };

static const char *name_of(const struct sign *s, size_t n, const char *agent)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(agent, s[i].sign))
			return s[i].name;
	return NULL;
}

const char *phrase_agent(struct arena *a, const char *agent)
{
	static const struct sign browsers[] = {
		{ "MicroMessenger/", "WeChat" }, { "Edg", "Edge" }, { "OPR/", "Opera" }, { "Firefox/", "Firefox" }, { "Chrome/", "Chrome" },
		{ "Safari/", "Safari" },
	}, systems[] = {
		{ "Windows", "Windows" }, { "Android", "Android" }, { "iPhone", "iOS" }, { "iPad", "iOS" }, { "Mac OS X", "macOS" }, { "Linux", "Linux" },
	};
	const char *browser = name_of(browsers, sizeof browsers / sizeof *browsers, agent);
	const char *system = name_of(systems, sizeof systems / sizeof *systems, agent);

	return browser && system ? arena_printf(a, "%s · %s", browser, system) : NULL;
}

const char *tone_order(enum order_state s)
{
	switch (s) {
	case ORDER_TO_CONFIRM: case ORDER_TO_PAY: case ORDER_REFUNDING: return "warn";
	case ORDER_IN_REVIEW:  case ORDER_PROCESSING:                   return "info";
	case ORDER_COMPLETED:                                           return "ok";
	case ORDER_CANCELLED:                                           break;
	}
	return "";
}

const char *tone_payment(enum payment_state s)
{
	switch (s) {
	case PAYMENT_CREATED: case PAYMENT_WAITING: return "warn";
	case PAYMENT_SUCCEEDED:                     return "ok";
	case PAYMENT_FAILED:                        return "bad";
	case PAYMENT_UNKNOWN:                       return "info";
	case PAYMENT_CLOSED: case PAYMENT_EXPIRED:  break;
	}
	return "";
}

const char *tone_resource(enum resource_state s)
{
	switch (s) {
	case RESOURCE_PROVISIONING:                         return "info";
	case RESOURCE_IN_USE:                               return "ok";
	case RESOURCE_EXPIRED:                              return "warn";
	case RESOURCE_FAILED:                               return "bad";
	case RESOURCE_RELEASED: case RESOURCE_REFUNDED:     break;
	}
	return "";
}
