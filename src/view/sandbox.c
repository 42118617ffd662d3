#include "view/sandbox.h"

#include "view/json.h"

VIEW_JSON(sandbox_pay, SANDBOX_PAY)
VIEW_JSON(sandbox_list, SANDBOX_LIST)
VIEW_JSON(sandbox_scan, SANDBOX_SCAN)
VIEW_JSON(sandbox_refund, SANDBOX_REFUND)
VIEW_JSON(sandbox_refunds, SANDBOX_REFUNDS)
VIEW_JSON(sandbox_sent, SANDBOX_SENT)
VIEW_JSON(sandbox_notices, SANDBOX_NOTICES)
VIEW_JSON(sandbox_call, SANDBOX_CALL)
VIEW_JSON(sandbox_provider, SANDBOX_PROVIDER)
VIEW_JSON(sandbox_letter, SANDBOX_LETTER)
VIEW_JSON(sandbox_visit, SANDBOX_VISIT)
VIEW_JSON(sandbox_visits, SANDBOX_VISITS)
VIEW_JSON(sandbox_bank, SANDBOX_BANK)
VIEW_JSON(sandbox_mail, SANDBOX_MAIL)
VIEW_JSON(sandbox_app, SANDBOX_APP)
