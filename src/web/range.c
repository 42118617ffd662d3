#include "web/range.h"

#include "base/id.h"
#include "base/time.h"

enum { RANGE_MONTHS = 6, RANGE_DAYS_MAX = 366 };

static struct date months_before(struct date d, int months)
{
	struct civil c = date_civil(d);
	int month = c.year * 12 + c.month - 1 - months, day = c.day;

	if (day > month_days(month / 12, month % 12 + 1))
		day = month_days(month / 12, month % 12 + 1);
	return date_make(month / 12, month % 12 + 1, day);
}

bool range_days(enum date_range range, struct date today, struct date *from, struct date *to)
{
	int year = date_civil(today).year;

	switch (range) {
	case RANGE_THIS_YEAR:
		*from = date_make(year, 1, 1);
		*to = today;
		break;
	case RANGE_LAST_YEAR:
		*from = date_make(year - 1, 1, 1);
		*to = date_make(year - 1, 12, 31);
		break;
	case RANGE_OWN:
		*to = to->days ? *to : today;
		*from = from->days ? *from : months_before(*to, RANGE_MONTHS);
		break;
	default:
		*from = months_before(today, RANGE_MONTHS);
		*to = today;
	}
	return from->days <= to->days && to->days - from->days <= RANGE_DAYS_MAX;
}

struct id_range range_ids(struct date from, struct date to)
{
	return (struct id_range){ id_floor(date_begin(from)), id_floor(date_begin((struct date){ to.days + 1 })) };
}

struct id_range range_both(struct id_range a, struct id_range b)
{
	return (struct id_range){ a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to };
}

void range_fields(struct web *w, enum msg label, enum date_range range, struct view_field *f)
{
	f[0] = list_choice(w, "range", label, &date_range_enum, date_range_msg, range ? (int)range : RANGE_HALF_YEAR);
	f[0].options++;		/* there is always a range: no "all" */
	f[0].options_n--;
	f[1] = web_field(w, w->found.route->form, "from", MSG_list_from, NULL);
	f[2] = web_field(w, w->found.route->form, "to", MSG_list_to, NULL);
}
