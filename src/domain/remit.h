#ifndef DOMAIN_REMIT_H
#define DOMAIN_REMIT_H
#include <stdint.h>

/* What a transfer bears so that its money finds its organisation (MON-11): YS, 8 digits, and a check digit (ISO 7064 MOD 11,10), which
 * knows every wrong digit and every two that changed places. */
enum { REMIT_LEN = 11, REMIT_DIGITS = 8 };
/* The number of n, below 10 to the REMIT_DIGITS. */
void remit_number(uint32_t n, char out[REMIT_LEN + 1]);
#endif
