#ifndef SANDBOX_BANK_CALL_H
#define SANDBOX_BANK_CALL_H

struct visit;

/* What programs ask of the banks; {} is the bank.  Answers are JSON. */
void bank_call_credit(struct visit *v);		/* number=&fen=&text=&name=&account=&fault= */
void bank_call_order(struct visit *v);		/* ?fault=, the body is a pain.001 */
void bank_call_statement(struct visit *v);	/* day=2026-11-21; today when there is none */
void bank_call_files(struct visit *v);		/* documents and entries, the newest first */
#endif
