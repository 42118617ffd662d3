#include "web/choice.h"

#include <inttypes.h>

#include "base/money.h"
#include "base/str.h"

const char *choice_duration(struct arena *a, uint64_t n, enum time_unit unit)
{
	return unit ? arena_printf(a, "%" PRIu64 "-%s", n, time_unit_enum.names[unit]) : "";
}

bool choice_duration_read(const char *text, int64_t *n, enum time_unit *unit)
{
	char digits[6] = "";
	size_t len;

	*n = 0;
	*unit = 0;
	if (!text || !*text)
		return true;
	len = strcspn(text, "-");
	if (!len || len >= sizeof digits || !text[len])
		return false;
	memcpy(digits, text, len);
	*unit = (enum time_unit)enum_of(&time_unit_enum, text + len + 1, strlen(text + len + 1));
	return *unit && str_digits(digits, 1, sizeof digits - 1) && str_i64(digits, n) && *n > 0;
}

const char *choice_options(struct arena *a, const struct texts *t)
{
	const char *text = "";

	for (size_t i = 0; i < t->n; i++)
		if (*t->v[i])
			text = arena_printf(a, "%s%s%s", text, *text ? "," : "", t->v[i]);
	return text;
}

const char *choice_effect(struct arena *a, struct money effect, int64_t per_mille)
{
	char amount[MONEY_TEXT];

	if (effect.fen)
		return arena_printf(a, "%s¥%s", effect.fen > 0 ? "+" : "-", money_text(fen(effect.fen > 0 ? effect.fen : -effect.fen), true, amount));
	if (per_mille % 10)
		return arena_printf(a, "%+" PRId64 "‰", per_mille);
	return per_mille ? arena_printf(a, "%+" PRId64 "%%", per_mille / 10) : "";
}

bool choice_has(const char *options, const char *option, const char *code)
{
	size_t n = strlen(option), m = strlen(code);

	for (const char *s = options; *s; s += strcspn(s, ","), s += *s == ',')
		if (!strncmp(s, option, n) && s[n] == '=' && !strncmp(s + n + 1, code, m) && (!s[n + 1 + m] || s[n + 1 + m] == ','))
			return true;
	return false;
}
