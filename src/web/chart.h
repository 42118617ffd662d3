#ifndef WEB_CHART_H
#define WEB_CHART_H
#include "view/chart.h"
#include "web/web.h"

/* The round amount that the highest bar stays below, for a scale of so many lines: 1, 2 or 5 with zeros. */
int64_t chart_top(int64_t most, int lines);
/* A bar for each amount with its label below it; what is below nothing has no bar. */
struct chart_amount { const char *label; struct money amount; bool quiet; };	/* quiet: its label only when it is pointed at */
const struct view_chart *chart_of(struct cx *cx, const char *title, const struct chart_amount *a, size_t n);
/* The same of how many there are: amounts are no fen. */
const struct view_chart *chart_counts(struct cx *cx, const char *title, const struct chart_amount *a, size_t n);
#endif
