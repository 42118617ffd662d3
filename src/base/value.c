#include "base/value.h"

static const char *const lang_names[] = { NULL, "zh_cn", "en" };
const struct enum_def lang_enum = { "lang", lang_names, LANG__MAX - 1 };
