#include "app/demo_delivery.h"

#include "q_demo_delivery.h"

static const char list[] = "1. 生产环境部署\n2. 基础数据导入\n3. 部署文档\n4. 管理员培训（两名）\n";

/* In this order: each looks at what the one before has written. */
enum rc demo_deliveries(struct cx *cx, struct tx *tx)
{
	TRY(q_demo_delivery_step(tx, &(struct q_demo_delivery_step_in){ cx->now }, NULL));
	TRY(q_demo_appeal_put(tx, NULL));
	TRY(q_demo_appeal_decided(tx, NULL));
	TRY(q_demo_round_put(tx, &(struct q_demo_round_put_in){ cx->now }, NULL));
	TRY(q_demo_appeal_note_put(tx, NULL));
	TRY(q_demo_attachment_put(tx, &(struct q_demo_attachment_put_in){ list }, NULL));
	TRY(q_demo_attachment_piece_put(tx, &(struct q_demo_attachment_piece_put_in){ list }, NULL));
	return q_demo_delivery_count(tx, NULL);
}
