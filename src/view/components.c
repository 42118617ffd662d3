#include "view/components.h"

#include "view/json.h"

VIEW_JSON(component_row, COMPONENT_ROW)
VIEW_JSON(components, COMPONENTS)

#define N(a) (sizeof(a) / sizeof *(a))
#define AT(s) { INT64_C(s) * 1000000 }

static const struct view_link rules = { .label = "查看退款规则", .href = "#notices" };
static const struct view_notice notices[] = {
	{ .tone = "", .text = "使用优惠券支付的订单，退款时只退还实付金额，优惠券不退还。", .link = &rules },
	{ .tone = "ok", .text = "订单已取消，占用的优惠券已释放。" },
	{ .tone = "warn", .text = "您的账户余额低于 ¥100.00，续费可能失败。" },
	{ .tone = "bad", .text = "账户因欠费被冻结：不能下单和续费，仍可充值。" },
};
static const struct view_tag tags[] = {
	{ .tone = "", .text = "已取消", .sub = "超时未支付" },
	{ .tone = "info", .text = "处理中", .sub = "资源发货中" },
	{ .tone = "ok", .text = "已完成" },
	{ .tone = "warn", .text = "待支付", .sub = "1 小时 36 分后自动取消" },
	{ .tone = "bad", .text = "开通失败", .sub = "款项将原路退回" },
};
static const struct view_tab tab_items[] = {
	{ .label = "全部", .href = "#tabs", .count = 128, .counted = true, .current = true },
	{ .label = "待支付", .href = "#tabs", .count = 2, .counted = true },
	{ .label = "已取消", .href = "#tabs", .count = 0, .counted = true },
	{ .label = "按需计费", .href = "#tabs" },
};
static const struct view_tabs tabs = { .label = "按状态查看", .items = tab_items, .items_n = N(tab_items) };
static const struct view_step step_items[] = {
	{ .label = "核对信息", .done = true }, { .label = "支付", .current = true }, { .label = "完成支付" },
};
static const struct view_steps steps = { .items = step_items, .items_n = N(step_items) };
static const struct view_page_error errors[] = {
	{ .field = "c-phone", .text = "请输入有效的 11 位手机号码" },
	{ .field = "c-agree", .text = "请阅读并勾选服务协议" },
	{ .text = "该规格库存不足" },
};
static const struct view_page wrong = { .errors = errors, .errors_n = N(errors) };

static const struct view_field_option durations[] = {
	{ .value = "1", .label = "1 个月" }, { .value = "12", .label = "1 年", .hint = "优惠 15%", .chosen = true },
	{ .value = "36", .label = "3 年", .hint = "已停售", .disabled = true },
};
static const struct view_field fields[] = {
	{ .control = FIELD_INPUT, .id = "c-name", .name = "name", .label = "联系人", .value = "张敏", .required = true, .autocomplete = "name" },
	{ .control = FIELD_INPUT, .type = "tel", .id = "c-phone", .name = "phone", .label = "手机号码", .hint = "用于接收开通与交付通知", .value = "1380000",
	  .error = "请输入有效的 11 位手机号码", .required = true, .autocomplete = "tel", .inputmode = "numeric", .max_length = 11 },
	{ .control = FIELD_INPUT, .type = "password", .id = "c-password", .name = "password", .label = "密码", .autocomplete = "current-password" },
	{ .control = FIELD_INPUT, .type = "date", .id = "c-from", .name = "from", .label = "起始日期", .value = "2026-11-21" },
	{ .control = FIELD_INPUT, .id = "c-off", .name = "off", .label = "订单号", .value = "20261121102304170001", .disabled = true },
	{ .control = FIELD_SELECT, .id = "c-duration", .name = "duration", .label = "购买时长", .options = durations, .options_n = N(durations) },
	{ .control = FIELD_SELECT, .id = "c-duration2", .name = "duration2", .label = "购买时长", .error = "请选择购买时长", .options = durations,
	  .options_n = N(durations), .required = true },
	{ .control = FIELD_RADIO, .id = "c-pay", .name = "pay", .label = "付费方式", .options = durations, .options_n = N(durations), .required = true },
	{ .control = FIELD_RADIO, .id = "c-pay2", .name = "pay2", .label = "付费方式", .hint = "到期前可以变更", .error = "请选择付费方式",
	  .options = durations, .options_n = N(durations) },
	{ .control = FIELD_AREA, .id = "c-memo", .name = "memo", .label = "备注（可选）", .hint = "服务商可见，200 字以内", .value = "\n首行为空", .max_length = 200 },
	{ .control = FIELD_AREA, .id = "c-why", .name = "why", .label = "退款原因", .error = "请填写退款原因", .required = true },
	{ .control = FIELD_CHECK, .id = "c-news", .name = "news", .label = "到期前短信提醒", .checked = true },
	{ .control = FIELD_CHECK, .id = "c-agree", .name = "agree", .label = "我已阅读并同意《云市场用户协议》", .error = "请阅读并勾选服务协议", .required = true },
	{ .control = FIELD_HIDDEN, .id = "c-plan", .name = "plan", .value = "professional" },
};

static const struct view_attachment attachment_items[] = {
	{ "需求说明.docx", FILE_DOCX, 230000, "225 KB", "#files" }, { "现场照片.jpg", FILE_JPEG, 5200000, "5 MB", "#files" },
};
static const struct view_attach_file kept[] = { { "1", "合同扫描件.pdf", "1.2 MB", "#files" } };
static const struct view_attach_error not_taken[] = { { "报价.exe：不是允许的文件类型（按内容判断）" } };
static const struct view_attach files = {
	.name = "files", .label = "附件", .hint = "最多 10 个", .kept = kept, .kept_n = N(kept), .errors = not_taken, .errors_n = N(not_taken),
};
static const struct view_attachments attached = { attachment_items, N(attachment_items) };
static const struct view_component_row rows[] = {
	{ "20261121102304170001", "销售云 SaaS 企业版", "专业版 · 5 账号 · 1 年", ORDER_KIND_PURCHASE, AT(1795227784), &tags[3], { 576000 }, { 640000 } },
	{ "20261120174502910002", "身份证实名认证 API <10,000 次>", "套餐包", ORDER_KIND_RENEWAL, AT(1795167902), &tags[1], { 30000 }, { 30000 } },
	{ "20261105084519040003", "网站安全运维服务", "基础版 · 1 次", ORDER_KIND_UNSUBSCRIBE, AT(1793839519), &tags[2], { -256000 }, { -256000 } },
};
static const struct view_hidden filters[] = { { "state", "to_pay" } };
static const struct view_pager_size sizes[] = { { 20, true }, { 50, false }, { 100, false } };
static const struct view_pager pager = {
	.shown = 20, .total = 128, .next_href = "?after=x", .path = "/console/components", .filters = filters, .filters_n = N(filters),
	.sizes = sizes, .sizes_n = N(sizes),
};
static const struct view_pager last_page = { .shown = 8, .first_href = "?" };
static const struct view_link shop = { .label = "选购商品", .href = "/products", .primary = true }, clear = { .label = "清空筛选", .href = "#empty" };
static const struct view_empty empty = { "还没有订单", "在云市场选购后，订单会出现在这里。", &shop };
static const struct view_empty no_match = { "没有符合条件的订单", "请检查订单号是否完整，或放宽创建时间范围。", &clear };
static const struct view_desc_item desc_items[] = {
	{ "订单号", "20261121102304170001", NULL }, { "订单类型", "新购", NULL }, { "合同", "查看合同", "#desc" }, { "付款时间", NULL, NULL },
};
static const struct view_desc desc = { desc_items, N(desc_items) };
static const struct view_moment moments[] = {
	{ AT(1795228000), "支付成功", "微信支付", "交易单号 4200001234202611210000000001", true }, { AT(1795227784), "提交订单", "张敏", NULL, false },
};
static const struct view_timeline timeline = { moments, N(moments) };
static const struct view_problem problem = { MSG_error_conflict, MSG_error_conflict_help, NULL, "/console/components" };

const struct view_components components = {
	.notices = notices, .notices_n = N(notices), .tags = tags, .tags_n = N(tags), .tabs = &tabs, .steps = &steps, .wrong = &wrong,
	.note = &fields[0], .files = &files, .attached = &attached, .fields = fields, .fields_n = N(fields), .rows = rows, .rows_n = N(rows), .pager = &pager, .last_page = &last_page,
	.empty = &empty, .no_match = &no_match, .desc = &desc, .timeline = &timeline, .problem = &problem,
};
