#ifndef APP_ATTACHMENT_SCAN_H
#define APP_ATTACHMENT_SCAN_H
#include "base/cx.h"
#include "domain/enums.h"

/* An attachment is shown to clamd as it comes (setting attachments.clamd, command INSTREAM).  Without the setting nothing is asked, and all is well;
 * with it, what clamd did not call clean is not taken: nobody there, an error and a cut answer are FILE_UNCHECKED. */
struct attachment_scan { int fd; enum file_problem problem; };
void attachment_scan_begin(struct attachment_scan *s, const struct config *conf);
void attachment_scan_add(struct attachment_scan *s, const void *p, size_t n);
enum file_problem attachment_scan_end(struct attachment_scan *s);
#endif
