#include "view/attachment.h"

#include "view/json.h"

VIEW_JSON(attach_file, ATTACH_FILE)
VIEW_JSON(attach_error, ATTACH_ERROR)
VIEW_JSON(attach, ATTACH)
VIEW_JSON(attachment, ATTACHMENT)
VIEW_JSON(attachments, ATTACHMENTS)
