#ifndef DOMAIN_BANK_H
#define DOMAIN_BANK_H
#include "domain/enums.h"

/* Our numbers in what payers write (ISO-5). */
enum { BANK_NUMBER_MAX = 32, BANK_NUMBERS_MAX = 8 };
struct bank_number {
	enum bank_match kind;		/* a top-up's number is that of a payment */
	char text[BANK_NUMBER_MAX + 1];
};
/* The different numbers that stand in a text, as they should be written; at most BANK_NUMBERS_MAX are told. */
size_t bank_numbers(const char *text, struct bank_number out[BANK_NUMBERS_MAX]);
/* The banks by the names that other banks know them by: in files for a bank, whatever language a page is in. */
extern const char *const bank_names[bank_code_n + 1];
#endif
