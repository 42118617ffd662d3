#include "view/sales.h"

#include "view/json.h"

VIEW_JSON(sales_day, SALES_DAY)
VIEW_JSON(sales_line, SALES_LINE)
VIEW_JSON(sales_product, SALES_PRODUCT)
VIEW_JSON(sales, SALES)
