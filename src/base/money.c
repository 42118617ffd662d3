#include "base/money.h"

#include <assert.h>

__extension__ typedef __int128 wide;

bool money_ratio(struct money m, int64_t num, int64_t den, struct money *out)
{
	assert(den > 0);
	wide p = (wide)m.fen * num;
	wide abs = p < 0 ? -p : p;
	wide q = (abs * 2 + den) / ((wide)den * 2);

	if (q > MONEY_MAX)
		return false;
	out->fen = (int64_t)(p < 0 ? -q : q);
	return true;
}

/* The part with the largest remainder that has not got its fen yet; its remainder is then taken away. */
static size_t next_part(wide *remainder, size_t n)
{
	size_t best = 0;

	for (size_t i = 1; i < n; i++)
		if (remainder[i] > remainder[best])
			best = i;
	remainder[best] = -1;
	return best;
}

void money_split(struct money total, const int64_t *weights, size_t n, struct money *parts)
{
	enum { PARTS_MAX = 256 };
	wide remainder[PARTS_MAX], sum = 0;
	int64_t sign = total.fen < 0 ? -1 : 1, left = total.fen * sign;

	assert(n > 0 && n <= PARTS_MAX);
	for (size_t i = 0; i < n; i++) {
		assert(weights[i] >= 0);
		sum += weights[i];
	}
	assert(sum > 0);
	wide whole = left;
	for (size_t i = 0; i < n; i++) {
		wide share = whole * weights[i];
		parts[i].fen = sign * (int64_t)(share / sum);
		remainder[i] = share % sum;
		left -= (int64_t)(share / sum);
	}
	for (; left > 0; left--)
		parts[next_part(remainder, n)].fen += sign;
}

bool money_parse(const char *s, struct money *out)
{
	int64_t v = 0;
	int places = -1;

	if (*s < '0' || *s > '9')
		return false;
	for (; *s; s++) {
		if (*s == '.' && places < 0 && s[1]) {
			places = 0;
			continue;
		}
		if (*s < '0' || *s > '9' || (places >= 0 && ++places > 2))
			return false;
		v = v * 10 + (*s - '0');
		if (v > MONEY_MAX)
			return false;
	}
	for (places = places < 0 ? 0 : places; places < 2; places++)
		v *= 10;
	out->fen = v;
	return v <= MONEY_MAX;
}

char *money_text(struct money m, bool group, char buf[MONEY_TEXT])
{
	char tmp[MONEY_TEXT], *p = tmp + sizeof tmp;
	uint64_t v = m.fen < 0 ? 0 - (uint64_t)m.fen : (uint64_t)m.fen;

	*--p = 0;
	*--p = (char)('0' + v % 10);
	*--p = (char)('0' + v / 10 % 10);
	*--p = '.';
	v /= FEN_PER_YUAN;
	for (int digits = 0; digits == 0 || v; digits++, v /= 10) {
		if (group && digits && digits % 3 == 0)
			*--p = ',';
		*--p = (char)('0' + v % 10);
	}
	if (m.fen < 0)
		*--p = '-';
	return memcpy(buf, p, (size_t)(tmp + sizeof tmp - p));
}
