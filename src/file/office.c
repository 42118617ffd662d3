#include "file/file.h"

/* An entry of the directory of an OLE file: 128 bytes, at a multiple of them; the name in UTF-16 with its length, and the kind (2: a stream). */
enum { ENTRY = 128, NAME_LENGTH_AT = 64, KIND_AT = 66 };
static const struct { const char *stream; enum file_type type; } streams[] = {
	{ "WordDocument", FILE_DOC }, { "Workbook", FILE_XLS }, { "Book", FILE_XLS }, { "PowerPoint Document", FILE_PPT },
};

static bool named(const uint8_t *entry, const char *name)
{
	size_t n = strlen(name);

	if (entry[KIND_AT] != 2 || file_le16(entry + NAME_LENGTH_AT) != 2 * n + 2)
		return false;
	for (size_t i = 0; i < n; i++)
		if (entry[2 * i] != (uint8_t)name[i] || entry[2 * i + 1])
			return false;
	return true;
}

enum file_type file_ole_type(struct file_source *s)
{
	uint8_t head[32], entry[ENTRY];

	if (!file_read(s, 0, head, sizeof head) || file_le16(head + 28) != 0xfffe)
		return 0;
	uint32_t version = file_le16(head + 26), sector = file_le16(head + 30);
	if (!(version == 3 && sector == 9) && !(version == 4 && sector == 12))
		return 0;
	for (uint64_t at = UINT64_C(1) << sector; file_read(s, at, entry, ENTRY); at += ENTRY)
		for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
			if (named(entry, streams[i].stream))
				return streams[i].type;
	return 0;
}
