#include "web/chart.h"

enum { WIDTH = 960, HEIGHT = 240, LEFT = 84, TOP = 12, FOOT = 28, LINES_N = 4, BAR_PART = 3, BAR_WHOLE = 5, FEN = 100 };

int64_t chart_top(int64_t most, int lines)
{
	static const int steps[] = { 2, 5, 10 };
	int64_t top = 100 * lines;

	for (size_t i = 0; top < most; i++)
		top = top / (i % 3 ? steps[i % 3 - 1] : 1) * steps[i % 3];
	return top;
}

typedef void print_fn(struct out *o, struct money m);

static void print_count(struct out *o, struct money m) { print_i64(o, m.fen / FEN); }

static const char *printed(struct cx *cx, print_fn *print, int64_t fen)
{
	struct out o = { .lang = cx->lang };

	print(&o, (struct money){ fen });
	const char *text = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return text;
}

static const struct view_chart_line *lines_of(struct cx *cx, print_fn *print, int64_t top, int64_t room)
{
	struct view_chart_line *l = ARENA_ARRAY(cx->a, struct view_chart_line, LINES_N + 1);

	for (int64_t i = 0; i <= LINES_N; i++) {
		int64_t y = TOP + room - room * i / LINES_N;
		l[i] = (struct view_chart_line){ .amount = printed(cx, print, top * i / LINES_N), .y = y, .text_y = y + 4 };
	}
	return l;
}

/* print: of the scale, say: of each bar. */
static const struct view_chart *draw(struct cx *cx, const char *title, const struct chart_amount *a, size_t n, print_fn *print, print_fn *say)
{
	int64_t room = HEIGHT - TOP - FOOT, most = 0, step = (WIDTH - LEFT) / (int64_t)(n ? n : 1);
	struct view_chart *c = ARENA_NEW(cx->a, struct view_chart);
	struct view_chart_bar *b = ARENA_ARRAY(cx->a, struct view_chart_bar, n);

	for (size_t i = 0; i < n; i++)
		most = a[i].amount.fen > most ? a[i].amount.fen : most;
	int64_t top = chart_top(most, LINES_N);
	for (size_t i = 0; i < n; i++) {
		int64_t height = a[i].amount.fen > 0 ? a[i].amount.fen * room / top : 0;
		b[i] = (struct view_chart_bar){
			.x = LEFT + (int64_t)i * step + step / BAR_WHOLE, .y = TOP + room - height, .width = step * BAR_PART / BAR_WHOLE, .height = height,
			.label_x = LEFT + (int64_t)i * step + step / 2, .label = a[i].label, .quiet = a[i].quiet, .amount = printed(cx, say, a[i].amount.fen),
		};
	}
	*c = (struct view_chart){
		.title = title, .width = WIDTH, .height = HEIGHT, .left = LEFT, .base = HEIGHT - 8, .bars = b, .bars_n = n,
		.lines = lines_of(cx, print, top, room), .lines_n = LINES_N + 1,
	};
	return c;
}

const struct view_chart *chart_of(struct cx *cx, const char *title, const struct chart_amount *a, size_t n)
{
	return draw(cx, title, a, n, print_money, print_yuan);
}

/* A count is so many yuan: the scale is in whole ones. */
const struct view_chart *chart_counts(struct cx *cx, const char *title, const struct chart_amount *a, size_t n)
{
	struct chart_amount *b = ARENA_ARRAY(cx->a, struct chart_amount, n);

	for (size_t i = 0; i < n; i++) {
		b[i] = a[i];
		b[i].amount.fen *= FEN;
	}
	return draw(cx, title, b, n, print_count, print_count);
}
