#ifndef CONTRACT_DB_TEST_H
#define CONTRACT_DB_TEST_H
#include "../unit/unit.h"
#include "q_trial.h"
#include "store.h"

/* The connection under test, another beside it, and the tables of query/trial.sql, empty. */
extern struct db *db, *other;
void trial_tables(void);
struct q_trial_insert_in trial_row(uint64_t id);
void trial_commit(const struct q_trial_insert_in *rows, size_t n);
int64_t trial_price(uint64_t id);		/* -1: no such row */
void trial_kill(void);				/* ends the connection under test, as seen from the server */
#endif
