#include "view/part.h"

#include "view/json.h"

VIEW_JSON(link, LINK)
VIEW_JSON(notice, NOTICE)
VIEW_JSON(tag, TAG)
VIEW_JSON(tab, TAB)
VIEW_JSON(tabs, TABS)
VIEW_JSON(step, STEP)
VIEW_JSON(steps, STEPS)
VIEW_JSON(empty, EMPTY)
VIEW_JSON(pager_size, PAGER_SIZE)
VIEW_JSON(hidden, HIDDEN)
VIEW_JSON(pager, PAGER)
VIEW_JSON(desc_item, DESC_ITEM)
VIEW_JSON(desc, DESC)
VIEW_JSON(moment, MOMENT)
VIEW_JSON(timeline, TIMELINE)
