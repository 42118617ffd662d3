#include "domain/remit.h"

#include <assert.h>
#include <stdio.h>

static const char LETTERS[] = "YS";

/* ISO 7064 MOD 11,10. */
static char check_digit(const char *digits)
{
	int p = 10;

	for (int i = 0; i < REMIT_DIGITS; i++) {
		int s = (p + digits[i] - '0') % 10;
		p = (s ? s : 10) * 2 % 11;
	}
	return (char)('0' + (11 - p) % 10);
}

void remit_number(uint32_t n, char out[REMIT_LEN + 1])
{
	char digits[REMIT_DIGITS + 1];

	assert(n < 100000000);
	snprintf(digits, sizeof digits, "%08u", (unsigned)n);
	snprintf(out, REMIT_LEN + 1, "%s%s%c", LETTERS, digits, check_digit(digits));
}
