#ifndef FILE_ZIP_H
#define FILE_ZIP_H
#include "base/arena.h"
#include "domain/enums.h"
#include "file/source.h"

/* Archives, and the Office formats that are archives.  What is taken is a strict one: its entries lie one after the other from the first byte up to
 * its directory, and the directory ends with the file; each is stored or deflated, unpacks to just the length and checksum that it says, and is
 * called by a path that stays inside.  More than ZIP_UNPACKED_MAX, or more than ZIP_RATIO_MAX times the archive's size (above 1 MiB), is a bomb. */
enum { ZIP_ENTRIES_MAX = 10000, ZIP_DIRECTORY_MAX = 2 << 20, ZIP_UNPACKED_MAX = 200 << 20, ZIP_RATIO_MAX = 100 };
struct file_zip { bool content_types, word, sheet, slides; };

/* 0, or what is wrong with it. */
enum file_problem file_zip_read(struct file_source *s, struct arena *a, struct file_zip *out);
/* Does it end as an archive does?  Then programs that look there take it for one, whatever it begins with. */
bool file_zip_ends(struct file_source *s);
#endif
