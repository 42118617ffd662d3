#!/bin/sh
# Every statement of sql/query against the schema of sql/migrate.
exec "${srcdir:-.}/tests/contract/store" tests/contract/test_queries "${srcdir:-.}/sql/migrate"
