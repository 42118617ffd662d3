#include "unit.h"
#include "paper/sheet.h"

#include <fcntl.h>
#include <unistd.h>

static int next_fd(void)
{
	int fd = open("/dev/null", O_RDONLY);

	close(fd);
	return fd;
}

static struct sheet *with_rows(int n)
{
	struct sheet *s = sheet_begin((const char *const[]){ "编号", "金额" }, 2);

	for (int i = 0; i < n; i++) {
		sheet_text(s, "=1+1");
		sheet_money(s, (struct money){ i });
		sheet_row(s);
	}
	return s;
}

TEST(sheet_whole, "EXP-1 a sheet is a ZIP, read in pieces up to its end")
{
	struct sheet *s = with_rows(50000);
	struct out o = { 0 };
	bool last = false;
	int pieces = 0;

	assert_int_equal(sheet_end(s), RC_OK);
	for (; !last; pieces++)
		assert_int_equal(sheet_read(s, &o, &last), RC_OK);
	assert_true(pieces > 1);
	assert_memory_equal(o.p, "PK\3\4", 4);
	assert_memory_equal(o.p + o.n - 22, "PK\5\6", 4);	/* the end of its directory */
	sheet_free(s);
	out_free(&o);
}

TEST(sheet_left, "EXP-2 a sheet that nobody waits for leaves nothing open")
{
	int before = next_fd();

	sheet_free(with_rows(10));
	sheet_free(NULL);
	assert_int_equal(next_fd(), before);
}
