#include "paper/pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"

/* Points: A4, its margins, and the steps between what stands on it. */
enum { WIDTH = 595, HEIGHT = 842, MARGIN = 56, FOOT = 30, INNER = WIDTH - 2 * MARGIN, LABEL = 110, PAD = 5, GAP = 6 };
enum style { TITLE = 20, HEADING = 12, TEXT = 10, SMALL = 8 };	/* in points */
#define FONT "WenQuanYi Micro Hei, Noto Sans CJK SC, sans-serif"

struct pdf {
	cairo_surface_t *surface;
	cairo_t *c;
	double y;
	int page;
};

static cairo_status_t take(void *to, const unsigned char *p, unsigned n)
{
	out_bytes(to, (const char *)p, n);
	return CAIRO_STATUS_SUCCESS;
}

struct pdf *pdf_begin(struct out *to, const char *title, struct instant made)
{
	struct pdf *p = calloc(1, sizeof *p);
	char day[TIME_TEXT], date[TIME_TEXT + 16];

	if (!p)
		abort();
	snprintf(date, sizeof date, "%sT00:00:00Z", date_text(date_of(made), day));
	p->surface = cairo_pdf_surface_create_for_stream(take, to, WIDTH, HEIGHT);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
	p->c = cairo_create(p->surface);
	p->y = MARGIN;
	p->page = 1;
	return p;
}

static PangoLayout *layout_of(struct pdf *p, const char *text, int style, double width)
{
	PangoLayout *l = pango_cairo_create_layout(p->c);
	PangoFontDescription *font = pango_font_description_from_string(FONT);

	pango_font_description_set_size(font, style * PANGO_SCALE);
	pango_layout_set_font_description(l, font);
	pango_font_description_free(font);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(l, text, -1);
	return l;
}

static double height_of(PangoLayout *l)
{
	int w, h;

	pango_layout_get_pixel_size(l, &w, &h);
	return h;
}

static void put(struct pdf *p, PangoLayout *l, double x, double y)
{
	cairo_move_to(p->c, x, y);
	pango_cairo_show_layout(p->c, l);
	g_object_unref(l);
}

static void end_page(struct pdf *p)
{
	char number[16];

	snprintf(number, sizeof number, "- %d -", p->page);
	PangoLayout *l = layout_of(p, number, SMALL, INNER);
	pango_layout_set_alignment(l, PANGO_ALIGN_CENTER);
	put(p, l, MARGIN, HEIGHT - MARGIN + FOOT / 3);
	cairo_show_page(p->c);
}

/* Room for so much, on this page or on the next. */
static void room(struct pdf *p, double height)
{
	if (p->y + height <= HEIGHT - MARGIN || p->y == MARGIN)
		return;
	end_page(p);
	p->page++;
	p->y = MARGIN;
}

static void paragraph(struct pdf *p, const char *text, int style, double above)
{
	PangoLayout *l = layout_of(p, text, style, INNER);
	double h = height_of(l);

	room(p, above + h);
	p->y += above;
	put(p, l, MARGIN, p->y);
	p->y += h + GAP;
}

void pdf_title(struct pdf *p, const char *text) { paragraph(p, text, TITLE, 0); }
void pdf_heading(struct pdf *p, const char *text) { paragraph(p, text, HEADING, 2 * GAP); }
void pdf_text(struct pdf *p, const char *text) { paragraph(p, text, TEXT, 0); }

void pdf_pair(struct pdf *p, const char *label, const char *value)
{
	PangoLayout *l = layout_of(p, label, TEXT, LABEL), *v = layout_of(p, value, TEXT, INNER - LABEL);
	double h = height_of(v) > height_of(l) ? height_of(v) : height_of(l);

	room(p, h);
	put(p, l, MARGIN, p->y);
	put(p, v, MARGIN + LABEL, p->y);
	p->y += h + GAP / 2;
}

static double share_of(const struct pdf_column *c) { return INNER * abs(c->share) / 100.0; }

static void table_row(struct pdf *p, const struct pdf_column *columns, size_t n, const char *const *cells)
{
	double h = 0, x = MARGIN;

	for (size_t i = 0; i < n; i++) {
		PangoLayout *l = layout_of(p, cells ? cells[i] : columns[i].head, TEXT, share_of(&columns[i]) - 2 * PAD);
		h = height_of(l) > h ? height_of(l) : h;
		g_object_unref(l);
	}
	room(p, h + 2 * PAD);
	cairo_set_line_width(p->c, 0.5);
	for (size_t i = 0; i < n; x += share_of(&columns[i++])) {
		PangoLayout *l = layout_of(p, cells ? cells[i] : columns[i].head, TEXT, share_of(&columns[i]) - 2 * PAD);
		if (columns[i].share < 0)
			pango_layout_set_alignment(l, PANGO_ALIGN_RIGHT);
		cairo_rectangle(p->c, x, p->y, share_of(&columns[i]), h + 2 * PAD);
		if (!cells) {
			cairo_set_source_rgb(p->c, 0.94, 0.95, 0.97);
			cairo_fill_preserve(p->c);
			cairo_set_source_rgb(p->c, 0, 0, 0);
		}
		cairo_stroke(p->c);
		put(p, l, x + PAD, p->y + PAD);
	}
	p->y += h + 2 * PAD;
}

void pdf_table(struct pdf *p, const struct pdf_column *columns, size_t columns_n, const char *const *cells, size_t rows)
{
	table_row(p, columns, columns_n, NULL);
	for (size_t i = 0; i < rows; i++)
		table_row(p, columns, columns_n, cells + i * columns_n);
	p->y += GAP;
}

enum rc pdf_end(struct pdf *p)
{
	end_page(p);
	cairo_surface_finish(p->surface);
	bool good = cairo_status(p->c) == CAIRO_STATUS_SUCCESS && cairo_surface_status(p->surface) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(p->c);
	cairo_surface_destroy(p->surface);
	free(p);
	return good ? RC_OK : RC_INTERNAL;
}
