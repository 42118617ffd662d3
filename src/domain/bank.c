#include "domain/bank.h"

#include <string.h>

enum { NUMBER_DIGITS = 26, REMIT_DIGITS = 9 };

static bool digit(char c) { return c >= '0' && c <= '9'; }
static char upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c - 32) : c; }
static bool word(char c) { return digit(c) || (upper(c) >= 'A' && upper(c) <= 'Z'); }

/* What begins like a number of ours: its letters, and how many digits follow. */
static enum bank_match kind_of(const char *s, size_t *letters, size_t *digits)
{
	*letters = 1;
	*digits = NUMBER_DIGITS;
	switch (upper(*s)) {
	case 'P': return MATCH_PAYMENT;
	case 'R': return MATCH_REFUND;
	case 'W': return MATCH_WITHDRAWAL;
	}
	*letters = 2;
	*digits = REMIT_DIGITS;
	return upper(s[0]) == 'Y' && upper(s[1]) == 'S' ? MATCH_ORGANISATION : 0;
}

/* Its length, 0: none begins here. */
static size_t number_at(const char *s, struct bank_number *out)
{
	size_t letters, digits, n;

	out->kind = kind_of(s, &letters, &digits);
	if (!out->kind)
		return 0;
	for (n = letters; digit(s[n]); n++)
		;
	if (n != letters + digits || word(s[n]))
		return 0;
	for (size_t i = 0; i < n; i++)
		out->text[i] = upper(s[i]);
	out->text[n] = '\0';
	return n;
}

static bool among(const struct bank_number *all, size_t n, const char *text)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].text, text))
			return true;
	return false;
}

size_t bank_numbers(const char *text, struct bank_number out[BANK_NUMBERS_MAX])
{
	struct bank_number x;
	size_t n = 0, length;

	for (const char *s = text; *s && n < BANK_NUMBERS_MAX; s += length ? length : 1) {
		length = s == text || !word(s[-1]) ? number_at(s, &x) : 0;
		if (length && !among(out, n, x.text))
			out[n++] = x;
	}
	return n;
}
const char *const bank_names[bank_code_n + 1] = {
	[BANK_ICBC] = "中国工商银行", [BANK_ABC] = "中国农业银行", [BANK_BOC] = "中国银行", [BANK_CCB] = "中国建设银行", [BANK_BOCOM] = "交通银行",
	[BANK_CMB] = "招商银行", [BANK_CITIC] = "中信银行", [BANK_CEB] = "中国光大银行", [BANK_SPDB] = "上海浦东发展银行", [BANK_CIB] = "兴业银行",
	[BANK_PAB] = "平安银行",
};
