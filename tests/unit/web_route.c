#include "unit.h"
#include "web/route.h"

static web_handler list, show, create, edit, cancel, root;
static enum rc list(struct cx *cx, struct web *w)   { (void)cx; (void)w; return RC_OK; }
static enum rc show(struct cx *cx, struct web *w)   { (void)cx; (void)w; return RC_OK; }
static enum rc create(struct cx *cx, struct web *w) { (void)cx; (void)w; return RC_OK; }
static enum rc edit(struct cx *cx, struct web *w)   { (void)cx; (void)w; return RC_OK; }
static enum rc cancel(struct cx *cx, struct web *w) { (void)cx; (void)w; return RC_OK; }
static enum rc root(struct cx *cx, struct web *w)   { (void)cx; (void)w; return RC_OK; }

static const struct form_row rows_of_form[1] = { { .name = "x", .type = FORM_INT } };
static const struct form form = { "form", rows_of_form, 1, sizeof(int64_t) };
static const struct route rows[] = {
	{ .method = METHOD_GET, .pattern = "/", .handle = root },
	{ .method = METHOD_GET, .pattern = "/orders", .handle = list },
	{ .method = METHOD_POST, .pattern = "/orders", .handle = create, .form = &form, .page = root },
	{ .method = METHOD_GET, .pattern = "/orders/new", .handle = edit },
	{ .method = METHOD_GET, .pattern = "/orders/{number}", .handle = show },
	{ .method = METHOD_POST, .pattern = "/orders/{number}/cancel", .handle = cancel, .form = &form },
	{ .method = METHOD_GET, .pattern = "/orders/{number}/lines/{line}", .handle = edit },
};

static struct route_found find(enum method m, const char *path)
{
	static struct router *r;
	static struct arena arena;
	struct route_found found;

	if (!r) {
		arena_init(&arena, ARENA_CAP);
		r = router_make(&arena, &(struct route_table){ rows, sizeof rows / sizeof *rows }, 1);
	}
	router_find(r, &unit_arena, m, path, &found);
	return found;
}

TEST(route_find, "IFC-1 every address leads to one page")
{
	assert_ptr_equal(find(METHOD_GET, "/").route->handle, root);
	assert_ptr_equal(find(METHOD_GET, "/orders").route->handle, list);
	assert_ptr_equal(find(METHOD_POST, "/orders").route->handle, create);
	assert_ptr_equal(find(METHOD_GET, "/orders/new").route->handle, edit);
	assert_ptr_equal(find(METHOD_HEAD, "/orders/1").route->handle, show);
	struct route_found f = find(METHOD_GET, "/orders/20261121/lines/7");
	assert_ptr_equal(f.route->handle, edit);
	assert_int_equal(f.n, 2);
	assert_string_equal(f.param[0].name, "number");
	assert_string_equal(f.param[0].value, "20261121");
	assert_string_equal(f.param[1].name, "line");
	assert_string_equal(f.param[1].value, "7");
}

TEST(route_none, "IFC-4 404 for what is not there, 405 with the methods for what is there otherwise")
{
	static const char *const none[] = { "/x", "/orders/", "/orders/1/", "/orders/1/x", "/orders/1/lines", "/orders/new/cancel", "/order", "/orderss" };

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_null(find(METHOD_GET, none[i]).allow);
	assert_null(find(METHOD_GET, "/orders/1/cancel").route);
	assert_string_equal(find(METHOD_GET, "/orders/1/cancel").allow, "POST");
	assert_null(find(METHOD_POST, "/orders/1").route);
	assert_string_equal(find(METHOD_POST, "/orders/1").allow, "GET, HEAD");
	assert_null(find(METHOD_OTHER, "/orders").route);
	assert_string_equal(find(METHOD_OTHER, "/orders").allow, "GET, HEAD, POST");
}

TEST(route_again, "IFC-4 a refused form is shown on its page: the one named, else the same address, else the address above")
{
	assert_ptr_equal(find(METHOD_POST, "/orders").route->again->handle, root);
	assert_ptr_equal(find(METHOD_POST, "/orders/1/cancel").route->again->handle, show);
}
